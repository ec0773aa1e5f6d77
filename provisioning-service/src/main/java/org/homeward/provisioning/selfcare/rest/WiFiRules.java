package org.homeward.provisioning.selfcare.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Problem.FieldError;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.channel.Band;
import org.homeward.provisioning.channel.Regulation;
import org.homeward.provisioning.plan.ConnectionSecrets;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.PersonalSettings.Choice;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.Vocabulary.Meaning;
import org.homeward.provisioning.reconcile.Reconciler;
import org.homeward.provisioning.reconcile.Settled;
import org.homeward.provisioning.reconcile.Standing;
import org.homeward.provisioning.selfcare.NetworkReading;
import org.homeward.provisioning.selfcare.Networks;
import org.homeward.provisioning.selfcare.WiFiChange.Chosen;
import org.homeward.provisioning.selfcare.WiFiField;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;
import org.homeward.provisioning.selfcare.store.PersonalDesk;

/** What of a wish a device could be told at all; so that nothing is kept that is sure to be refused. */
@ApplicationScoped
public class WiFiRules {

    private static final String OVERRULED = "OVERRULED";
    private static final Set<String> IMPOSSIBLE = Set.of("UNFIT", OVERRULED);

    private final Vocabulary vocabulary;
    private final ProfileBook profiles;
    private final Reported reported;
    private final Reconciler reconciler;
    private final PersonalDesk desk;
    private final Regulation otherwise;
    private final ProvisioningOutbox voice;

    public WiFiRules(
            Vocabulary vocabulary,
            ProfileBook profiles,
            Reported reported,
            ConnectionSecrets secrets,
            PersonalDesk desk,
            ProvisioningOutbox voice,
            ProvisioningConfig config) {
        this.vocabulary = vocabulary;
        this.profiles = profiles;
        this.reported = reported;
        this.reconciler = new Reconciler(vocabulary, secrets);
        this.desk = desk;
        this.otherwise = config.channels().country().flatMap(Regulation::of).orElse(Regulation.world());
        this.voice = voice;
    }

    /** @throws org.homeward.kit.rest.ProblemException HTTP 409 where the operator decides it, 422 where it can't be */
    void require(Access access, List<Chosen> chosen) throws SQLException {
        Instant now = voice.clock().instant();
        Vocabulary.Model model = access.ledger().facts(Map.of(), List.of(), now).model();
        List<FieldError> unmapped = new ArrayList<>();
        for (Chosen each : chosen) {
            if (each.value() != null
                    && vocabulary.on(model, Vocabulary.CAPABILITY + each.capability()) instanceof Meaning.None none) {
                unmapped.add(new FieldError(WiFiField.field(each.capability()), none.why()));
            }
        }
        refuse(unmapped);
        Map<String, String> values = reported.values(access, paths(model, chosen));
        requireChannels(access, model, values, chosen);
        List<Settled> impossible = tried(access, values, chosen, now).stream()
                .filter(each -> IMPOSSIBLE.contains(each.state()))
                .toList();
        for (Settled each : impossible) {
            if (each.state().equals(OVERRULED)) {
                throw Problem.conflict("The operator decides " + WiFiField.field(each.capability()) + '.')
                        .exception();
            }
        }
        refuse(impossible.stream()
                .map(each -> new FieldError(WiFiField.field(each.capability()), each.detail()))
                .toList());
    }

    private Set<String> paths(Vocabulary.Model model, List<Chosen> chosen) {
        Set<String> paths =
                reported.paths(model, chosen.stream().map(Chosen::capability).toList());
        if (chosen.stream().anyMatch(WiFiRules::isChannel)) {
            paths.addAll(besideChannels(paths));
        }
        return paths;
    }

    /** Parameters beside channels, in both data models, that say which channels the device can be on, and where it is. */
    static Set<String> besideChannels(Set<String> paths) {
        return paths.stream()
                .filter(path -> path.endsWith(".Channel"))
                .map(path -> path.substring(0, path.lastIndexOf('.') + 1))
                .flatMap(radio -> List.of(radio + "PossibleChannels", radio + "RegulatoryDomain").stream())
                .collect(Collectors.toSet());
    }

    private static boolean isChannel(Chosen chosen) {
        return chosen.capability().endsWith(".channel");
    }

    private List<Settled> tried(Access access, Map<String, String> values, List<Chosen> chosen, Instant now) {
        PersonalSettings tried = PersonalSettings.of(
                1,
                chosen.stream()
                        .filter(each -> each.value() != null)
                        .map(each -> new Choice(each.capability(), String.valueOf(each.value()), now))
                        .toList(),
                vocabulary);
        Standing standing = access.ledger()
                .standing()
                .told(values.entrySet().stream()
                        .map(each -> new ParameterValue(each.getKey(), each.getValue(), ValueType.UNKNOWN))
                        .toList());
        ActiveProfiles all = profiles.of(access.device().tenant()).with(tried);
        return reconciler.settled(
                standing,
                all,
                known -> access.ledger().facts(known, List.of(), now),
                chosen.stream().map(Chosen::capability).toList(),
                now);
    }

    private void requireChannels(Access access, Vocabulary.Model model, Map<String, String> values, List<Chosen> chosen)
            throws SQLException {
        List<FieldError> errors = new ArrayList<>();
        for (Chosen each : chosen) {
            String value = each.value();
            if (isChannel(each) && value != null && !value.equals("Auto")) {
                String network = each.capability()
                        .substring(
                                each.capability().indexOf('[') + 1,
                                each.capability().indexOf(']'));
                Set<Integer> allowed = channels(access, new NetworkReading(vocabulary, model, values), values, network);
                if (!allowed.contains(Integer.valueOf(value))) {
                    errors.add(new FieldError(
                            WiFiField.field(each.capability()),
                            "is no channel that is allowed here and that the device can be on: Auto"
                                    + allowed.stream()
                                            .map(channel -> ", " + channel)
                                            .collect(Collectors.joining())));
                }
            }
        }
        refuse(errors);
    }

    /** Those of the network's band that are allowed, and that the device can be on. */
    Set<Integer> channels(Access access, NetworkReading reading, Map<String, String> values, String network)
            throws SQLException {
        String said = reading.besideChannel(network, "RegulatoryDomain")
                .map(values::get)
                .orElse("");
        String country = desk.settings(access.device().tenant()).country();
        return Regulation.of(country == null ? said : country)
                .orElse(otherwise)
                .channels(
                        Band.named(Networks.band(network)),
                        reading.besideChannel(network, "PossibleChannels")
                                .map(values::get)
                                .orElse(""));
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            Problem first = Problem.unprocessable(
                    errors.getFirst().field(), errors.getFirst().message());
            throw new Problem(first.type(), first.title(), first.status(), first.detail(), null, errors).exception();
        }
    }
}
