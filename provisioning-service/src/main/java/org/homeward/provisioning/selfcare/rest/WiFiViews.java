package org.homeward.provisioning.selfcare.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.homeward.provisioning.plan.ConnectionSecrets;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.Vocabulary.Meaning;
import org.homeward.provisioning.reconcile.Reconciler;
import org.homeward.provisioning.reconcile.Settled;
import org.homeward.provisioning.selfcare.NetworkReading;
import org.homeward.provisioning.selfcare.Networks;
import org.homeward.provisioning.selfcare.WiFiField;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.homeward.provisioning.selfcare.store.PersonalBook;
import org.homeward.provisioning.selfcare.store.PersonalDesk;
import org.homeward.provisioning.selfcare.store.PersonalRows.Row;
import org.jspecify.annotations.Nullable;

/** Shows the Wi-Fi networks of a device: what it reports, and what of it was chosen. */
@ApplicationScoped
public class WiFiViews {

    private final Vocabulary vocabulary;
    private final ProfileBook profiles;
    private final PersonalBook personal;
    private final PersonalDesk desk;
    private final Reported reported;
    private final WiFiRules rules;
    private final Reconciler reconciler;
    private final ProvisioningOutbox voice;

    public WiFiViews(
            Vocabulary vocabulary,
            ProfileBook profiles,
            PersonalBook personal,
            PersonalDesk desk,
            Reported reported,
            WiFiRules rules,
            ConnectionSecrets secrets,
            ProvisioningOutbox voice) {
        this.vocabulary = vocabulary;
        this.profiles = profiles;
        this.personal = personal;
        this.desk = desk;
        this.reported = reported;
        this.rules = rules;
        this.reconciler = new Reconciler(vocabulary, secrets);
        this.voice = voice;
    }

    /** @param networks by name */
    @Schema(name = "OwnWiFi")
    public record WiFiView(Map<String, NetworkView> networks) {}

    /**
     * A network as the device reports it; null for what it does not say.
     *
     * @param channel {@code Auto} or a number; null for guests, who are on the channel of their band
     * @param channels that may be chosen besides {@code Auto}
     * @param password the one that the subscriber chose, where the tenant lets it be shown; null otherwise
     * @param chosen by the subscriber, by property
     * @param declined why the device did not take what was chosen last, by property
     */
    @Schema(name = "OwnNetwork")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record NetworkView(
            String band,
            boolean guest,
            @Nullable String name,
            @Nullable Boolean enabled,
            @Nullable String security,
            @Nullable Object channel,
            Collection<Integer> channels,
            @Nullable String password,
            Map<String, ChosenView> chosen,
            Map<String, String> declined) {}

    /**
     * @param value null for passwords
     * @param state {@code verified} where the device is so; {@code pending}, {@code kept} (somebody made it something else
     *     at the device since), {@code unfit} (this model can't) and others, as in explanations
     */
    @Schema(name = "ChosenSetting")
    public record ChosenView(@Nullable Object value, String state, Instant at) {}

    WiFiView of(Access access) throws SQLException {
        Instant now = voice.clock().instant();
        Vocabulary.Model model = access.ledger().facts(Map.of(), List.of(), now).model();
        List<String> mapped = new ArrayList<>();
        for (String network : Networks.ALL) {
            for (WiFiField field : WiFiField.values()) {
                if (field.isOf(network)
                        && vocabulary.on(model, Vocabulary.CAPABILITY + field.of(network))
                                instanceof Meaning.Parameters) {
                    mapped.add(field.of(network));
                }
            }
        }
        Set<String> paths = reported.paths(model, mapped);
        paths.addAll(WiFiRules.besideChannels(paths));
        Map<String, String> values = reported.values(access, paths);
        NetworkReading reading = new NetworkReading(vocabulary, model, values);
        Map<String, Row> rows = new HashMap<>();
        desk.chosen(access.owner()).forEach(row -> rows.put(row.capability(), row));
        Map<String, String> states = states(access, rows.keySet(), now);
        boolean show = desk.settings(access.device().tenant()).showPasswords();
        Map<String, NetworkView> networks = new LinkedHashMap<>();
        for (String network : Networks.ALL) {
            boolean there = mapped.contains(WiFiField.NAME.of(network))
                    && reading.place(WiFiField.NAME.of(network)).isPresent();
            if (there) {
                networks.put(network, network(access, reading, values, rows, states, show, network));
            }
        }
        return new WiFiView(networks);
    }

    private NetworkView network(
            Access access,
            NetworkReading reading,
            Map<String, String> values,
            Map<String, Row> rows,
            Map<String, String> states,
            boolean show,
            String network)
            throws SQLException {
        Map<String, ChosenView> chosen = new LinkedHashMap<>();
        Map<String, String> declined = new LinkedHashMap<>();
        for (WiFiField field : WiFiField.values()) {
            Row row = rows.get(field.of(network));
            if (row != null && row.value() != null) {
                Object value = field == WiFiField.PASSWORD ? null : typed(field, row.value());
                chosen.put(
                        field.property(),
                        new ChosenView(value, states.getOrDefault(row.capability(), "pending"), row.chosenAt()));
            }
            if (row != null && row.declined() != null) {
                declined.put(field.property(), row.declined());
            }
        }
        Row password = rows.get(WiFiField.PASSWORD.of(network));
        boolean hasChannel = WiFiField.CHANNEL.isOf(network);
        return new NetworkView(
                Networks.band(network),
                Networks.isGuest(network),
                reading.value(WiFiField.NAME.of(network)).orElse(null),
                reading.value(WiFiField.ENABLED.of(network))
                        .map(Boolean::valueOf)
                        .orElse(null),
                reading.value(WiFiField.SECURITY.of(network)).orElse(null),
                hasChannel
                        ? reading.value(WiFiField.CHANNEL.of(network))
                                .map(value -> typed(WiFiField.CHANNEL, value))
                                .orElse(null)
                        : null,
                hasChannel ? rules.channels(access, reading, values, network) : List.of(),
                show && password != null ? desk.open(access.owner(), password) : null,
                chosen,
                declined);
    }

    private static Object typed(WiFiField field, String value) {
        return switch (field) {
            case ENABLED -> Boolean.valueOf(value);
            case CHANNEL -> value.equals("Auto") ? value : Integer.valueOf(value);
            case NAME, PASSWORD, SECURITY -> value;
        };
    }

    /** How the device stands to what was chosen, by capability; the worst where several parameters have a part in it. */
    private Map<String, String> states(Access access, Set<String> capabilities, Instant now) throws SQLException {
        ActiveProfiles all = profiles.of(access.device().tenant())
                .with(personal.of(access.device().tenant(), access.owner().subscriber()));
        Map<String, String> states = new HashMap<>();
        for (Settled each : reconciler.settled(
                access.ledger().standing(),
                all,
                known -> access.ledger().facts(known, List.of(), now),
                capabilities,
                now)) {
            String state = each.state().toLowerCase(Locale.ROOT);
            states.merge(each.capability(), state, (one, other) -> one.equals("verified") ? other : one);
        }
        return states;
    }
}
