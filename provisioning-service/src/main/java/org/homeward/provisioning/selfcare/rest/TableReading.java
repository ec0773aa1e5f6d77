package org.homeward.provisioning.selfcare.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask.Perform;
import org.homeward.contracts.plan.Action;
import org.homeward.kit.rest.Problem;
import org.homeward.provisioning.capability.Capabilities;
import org.homeward.provisioning.capability.TableMeaning;
import org.homeward.provisioning.order.OrderState;
import org.homeward.provisioning.order.store.OrderRow;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.homeward.provisioning.selfcare.store.PersonalDesk;
import org.jspecify.annotations.Nullable;

/** Reads tables of a device: what it reported last, or what it says when it is called and asked. */
@ApplicationScoped
public class TableReading {

    static final String DESCRIPTION =
            " With \"Prefer: wait=20\" the device is called and asked; without, it is what the"
                    + " device reported last.";

    private final OwnDevices own;
    private final Reported reported;
    private final Capabilities capabilities;
    private final Actions actions;
    private final PersonalDesk desk;
    private final ProvisioningOutbox voice;

    public TableReading(
            OwnDevices own,
            Reported reported,
            Capabilities capabilities,
            Actions actions,
            PersonalDesk desk,
            ProvisioningOutbox voice) {
        this.own = own;
        this.reported = reported;
        this.capabilities = capabilities;
        this.actions = actions;
        this.desk = desk;
        this.voice = voice;
    }

    /** @param view of the table's rows, and when the device said so if it was asked */
    <T> CompletionStage<T> read(
            DeviceId id,
            String table,
            @Nullable String prefer,
            BiFunction<List<Map<String, String>>, @Nullable Instant, T> view)
            throws SQLException {
        Access access = prefer == null ? own.toSee(id) : own.toChange(id);
        Instant now = voice.clock().instant();
        TableMeaning.Tables meant = switch (capabilities.table(
                access.ledger().facts(Map.of(), List.of(), now).model(), table)) {
            case TableMeaning.Tables tables -> tables;
            case TableMeaning.None none ->
                throw Problem.unprocessable("id", none.why()).exception();
        };
        Map<String, String> last = reported.values(access, meant.paths());
        if (prefer == null) {
            return CompletableFuture.completedFuture(view.apply(rows(meant, last), null));
        }
        Set<String> objects = new HashSet<>();
        meant.tables().stream()
                .filter(each -> each.isConfirmedBy(last))
                .forEach(each -> objects.addAll(each.objects()));
        if (objects.isEmpty()) {
            return CompletableFuture.completedFuture(view.apply(rows(meant, last), null));
        }
        Action.ReadTree read = new Action.ReadTree(objects.stream().sorted().toList());
        return actions.place(
                actions.wish(OrderId.random(), access, new Perform(table, read), null, ""),
                wish -> desk.place(wish, access.doing("Asked about: " + table)),
                prefer,
                Duration.ZERO,
                row -> {
                    if (row.state() != OrderState.SUCCEEDED) {
                        return view.apply(rows(meant, last), null);
                    }
                    Map<String, String> fresh = new HashMap<>(last);
                    fresh.keySet().removeIf(path -> objects.stream().anyMatch(path::startsWith));
                    fresh.putAll(values(row));
                    return view.apply(rows(meant, fresh), row.finishedAt());
                });
    }

    private static List<Map<String, String>> rows(TableMeaning.Tables tables, Map<String, String> values) {
        return tables.rows(values).stream().map(row -> row.values()).toList();
    }

    private static Map<String, String> values(OrderRow row) {
        JsonNode values = Actions.tree(row.result()).path("values");
        return values.properties().stream()
                .filter(each -> each.getValue().hasNonNull("value"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().path("value").asText()));
    }
}
