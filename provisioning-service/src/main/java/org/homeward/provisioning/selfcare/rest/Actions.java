package org.homeward.provisioning.selfcare.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask;
import org.homeward.kit.json.ContractsJson;
import org.homeward.kit.rest.Prefer;
import org.homeward.kit.rest.Problem;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.order.OrderDesk.Wish;
import org.homeward.provisioning.order.OrderState;
import org.homeward.provisioning.order.rest.OrderPlacing;
import org.homeward.provisioning.order.rest.OrderPlacing.Placement;
import org.homeward.provisioning.order.store.OrderRow;
import org.homeward.provisioning.selfcare.TestResult;
import org.homeward.provisioning.selfcare.WiFiField;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.homeward.provisioning.selfcare.store.PersonalDesk;
import org.jspecify.annotations.Nullable;

/** Orders as subscribers see them. */
@ApplicationScoped
public class Actions {

    static final String RECEIPT = """
            {"id": "8f14e45f-ceea-467f-a8d3-2c0f1b6f9d11", "type": "personalSettings", "state": "waking",
             "words": "The device is being called.", "result": null, "startedAt": "2026-01-31T09:00:00Z",
             "endedAt": null}
            """;

    private static final ObjectMapper JSON = ContractsJson.mapper();

    private final OrderPlacing placing;
    private final PersonalDesk desk;
    private final ProvisioningConfig config;

    public Actions(OrderPlacing placing, PersonalDesk desk, ProvisioningConfig config) {
        this.placing = placing;
        this.desk = desk;
        this.config = config;
    }

    /**
     * Something that a device was asked to do.
     *
     * @param words what it waits for, or how it ended
     * @param result what was measured; null otherwise
     */
    @Schema(name = "SelfCareAction")
    public record ActionView(
            String id,
            String type,

            @Schema(
                    enumeration = {
                        "queued",
                        "waking",
                        "running",
                        "succeeded",
                        "failed",
                        "unknown",
                        "expired",
                        "cancelled"
                    })
            String state,

            String words,
            @Nullable TestResult result,
            Instant startedAt,
            @Nullable Instant endedAt) {

        static ActionView of(OrderRow row) {
            return new ActionView(
                    row.id(),
                    row.type(),
                    row.state().toString(),
                    inWords(row),
                    row.state() == OrderState.SUCCEEDED
                            ? TestResult.of(row.type(), tree(row.result())).orElse(null)
                            : null,
                    row.createdAt(),
                    row.finishedAt());
        }
    }

    static JsonNode tree(@Nullable String json) {
        try {
            return JSON.readTree(json == null ? "{}" : json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inWords(OrderRow row) {
        return switch (row.state()) {
            case QUEUED ->
                "It waits until the device calls"
                        + (row.fault() == null
                                ? "."
                                : ", because: " + tree(row.fault()).path("text").asText() + '.');
            case WAKING -> "The device is being called.";
            case RUNNING -> "The device is at it.";
            case SUCCEEDED -> "It is done, and the device has confirmed it.";
            case FAILED -> "It did not work: " + tree(row.fault()).path("text").asText() + '.';
            case UNKNOWN -> "Whether the device did it is not known: " + row.detail() + '.';
            case EXPIRED -> "The device did not call in time.";
            case CANCELLED -> "It was withdrawn.";
        };
    }

    Wish wish(OrderId order, Access access, OrderTask task, @Nullable String idempotencyKey, String text) {
        return new Wish(
                order,
                access.device(),
                task,
                access.createdBy(),
                config.orders().expiresIn(),
                true,
                idempotencyKey,
                text);
    }

    /** Places the order, and answers at once unless the caller wants to wait. @param what for people */
    CompletionStage<Response> begin(
            Access access,
            OrderId order,
            OrderTask task,
            String what,
            @Nullable String prefer,
            @Nullable String idempotencyKey)
            throws SQLException {
        return place(
                wish(order, access, task, idempotencyKey, what),
                wish -> desk.place(wish, access.doing(what)),
                prefer,
                Duration.ZERO,
                row -> answer(access, row));
    }

    /** Places it, and waits for its end as long as the caller says, or as is usual. */
    CompletionStage<Response> place(Access access, Wish wish, Placement placement, @Nullable String prefer)
            throws SQLException {
        return place(wish, placement, prefer, config.selfCare().answerWithin(), row -> answer(access, row));
    }

    <T> CompletionStage<T> place(
            Wish wish, Placement placement, @Nullable String prefer, Duration usual, Function<OrderRow, T> answer)
            throws SQLException {
        Duration wait = prefer == null
                ? usual
                : Prefer.parse(prefer, config.orders().longestWait()).maxWait();
        return placing.place(wish, placement, wait, answer);
    }

    /** @throws org.homeward.kit.rest.ProblemException HTTP 422 where the device declined */
    static Response answer(Access access, OrderRow row) {
        if (row.state() == OrderState.FAILED && row.type().equals(OrderTask.Settle.PERSONAL)) {
            throw declined(row).exception();
        }
        return Response.status(row.state().isEnd() ? 200 : 202)
                .header(HttpHeaders.LOCATION, access.path() + "/actions/" + row.id())
                .entity(ActionView.of(row))
                .build();
    }

    /** What the device did not take, by the caller's own names. */
    private static Problem declined(OrderRow row) {
        JsonNode fault = tree(row.fault());
        List<Problem.FieldError> errors = new ArrayList<>();
        fault.path("parameters")
                .forEach(each -> errors.add(new Problem.FieldError(
                        WiFiField.field(each.path("parameter").asText()),
                        each.path("text").asText())));
        if (errors.isEmpty()) {
            return Problem.conflict("It is kept, but did not reach the device yet: "
                    + fault.path("text").asText() + '.');
        }
        Problem first = Problem.unprocessable(
                errors.getFirst().field(), errors.getFirst().message());
        return new Problem(first.type(), first.title(), first.status(), first.detail(), null, errors);
    }
}
