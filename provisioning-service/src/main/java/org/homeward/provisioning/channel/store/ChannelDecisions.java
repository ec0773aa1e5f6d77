package org.homeward.provisioning.channel.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.channel.Band;
import org.homeward.provisioning.channel.ChannelChooser;
import org.homeward.provisioning.channel.ChannelPlan;
import org.homeward.provisioning.channel.ChannelPlan.Item;
import org.homeward.provisioning.channel.ChannelPlan.ItemState;
import org.homeward.provisioning.channel.ChannelPolicy;
import org.homeward.provisioning.channel.Choice;
import org.homeward.provisioning.channel.Choice.Verdict;
import org.homeward.provisioning.channel.Neighbourhood;
import org.homeward.provisioning.channel.Neighbourhood.Home;
import org.homeward.provisioning.channel.Radio;
import org.homeward.provisioning.channel.Regulation;
import org.homeward.provisioning.channel.ScanMappings;
import org.homeward.provisioning.channel.Survey;
import org.homeward.provisioning.channel.Surveyor;
import org.homeward.provisioning.channel.Surveyor.Writing;
import org.homeward.provisioning.plan.ConnectionSecrets;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.reconcile.Reconciler;
import org.homeward.provisioning.selfcare.Owner;
import org.homeward.provisioning.selfcare.store.PersonalBook;
import org.jspecify.annotations.Nullable;

/** What a plan proposes for its devices, and how each is told. */
@ApplicationScoped
public class ChannelDecisions {

    private final LedgerRows ledgers;
    private final ProfileBook profiles;
    private final PersonalBook personal;
    private final Reconciler reconciler;
    private final Surveyor surveyor;
    private final Neighbourhood neighbourhood = new Neighbourhood(new ChannelChooser(ChannelPolicy.USUAL));
    private final Regulation otherwise;

    public ChannelDecisions(
            LedgerRows ledgers,
            ProfileBook profiles,
            PersonalBook personal,
            Vocabulary vocabulary,
            ConnectionSecrets secrets,
            ProvisioningConfig config) {
        this.ledgers = ledgers;
        this.profiles = profiles;
        this.personal = personal;
        this.reconciler = new Reconciler(vocabulary, secrets);
        this.surveyor = new Surveyor(ScanMappings.shipped(), vocabulary);
        this.otherwise = config.channels().country().flatMap(Regulation::of).orElseGet(Regulation::world);
    }

    /** How a device is told. */
    sealed interface Change {

        /** @param values of the channels and what goes with them */
        record Write(List<ParameterValue> values) implements Change {
            OrderTask task(OrderId order) {
                String key = order.value().replace("-", "");
                return new OrderTask.Perform("setParameterValues", new Action.WriteValues(values, key));
            }
        }

        record None(String why) implements Change {}
    }

    /** @param heard results of scans, by the items' places */
    List<Item> choose(ChannelPlan plan, List<Item> items, Map<Integer, Map<String, Object>> heard, Instant now)
            throws SQLException {
        Map<Integer, List<Choice>> choices = new HashMap<>();
        Map<Integer, Survey> surveys = new HashMap<>();
        items.forEach(item -> surveys.put(item.place(), Survey.of(heard.getOrDefault(item.place(), Map.of()))));
        for (Band band : plan.bands().isEmpty() ? List.of(Band.values()) : plan.bands()) {
            Map<String, Choice> chosen = neighbourhood.choose(homes(plan, items, surveys, band));
            for (Item item : items) {
                Choice choice = chosen.get(item.device().toString());
                if (choice != null) {
                    choices.computeIfAbsent(item.place(), place -> new ArrayList<>())
                            .add(choice);
                }
            }
        }
        Map<DeviceKey, StoredLedger> known = ledgers(plan, items);
        Map<Owner, PersonalSettings> chosen = personal.read(known.values().stream()
                .flatMap(stored -> owner(stored.ledger()).stream())
                .toList());
        return items.stream()
                .map(item -> {
                    StoredLedger stored = known.get(key(plan, item));
                    return proposal(
                            item,
                            choices.getOrDefault(item.place(), List.of()),
                            stored == null ? null : wanted(plan, stored.ledger(), chosen, now));
                })
                .toList();
    }

    private static Optional<Owner> owner(DeviceLedger ledger) {
        return Owner.of(ledger.key(), ledger.about().subscriberId());
    }

    private List<Home> homes(ChannelPlan plan, List<Item> items, Map<Integer, Survey> surveys, Band band) {
        List<Home> homes = new ArrayList<>();
        for (Item item : items) {
            Survey survey = surveys.get(item.place());
            if (survey != null) {
                survey.radios().stream()
                        .filter(radio -> radio.band() == band)
                        .findFirst()
                        .map(radio ->
                                new Home(item.device().toString(), radio, survey.neighbours(), regulation(plan, radio)))
                        .ifPresent(homes::add);
            }
        }
        return homes;
    }

    private Regulation regulation(ChannelPlan plan, Radio radio) {
        return Optional.ofNullable(plan.country())
                .flatMap(Regulation::of)
                .or(() -> Regulation.of(radio.country()))
                .orElse(otherwise);
    }

    private Map<DeviceKey, StoredLedger> ledgers(ChannelPlan plan, List<Item> items) throws SQLException {
        return items.isEmpty()
                ? Map.of()
                : ledgers.load(items.stream().map(item -> key(plan, item)).toList());
    }

    private static DeviceKey key(ChannelPlan plan, Item item) {
        return new DeviceKey(plan.tenant(), item.device());
    }

    /** @param wanted by path, what profiles and the subscriber say; null where the device is gone */
    private static Item proposal(Item item, List<Choice> choices, @Nullable Map<String, Wanted> wanted) {
        if (wanted == null) {
            return item.with(ItemState.CANNOT, choices, "the device is gone");
        }
        if (choices.isEmpty()) {
            return item.with(
                    ItemState.CANNOT,
                    choices,
                    "nothing that the device reported says by which parameters it has its channel");
        }
        List<Choice> possible =
                choices.stream().map(choice -> held(item, choice, wanted)).toList();
        ItemState state = possible.stream().anyMatch(choice -> choice.verdict() == Verdict.MOVE)
                ? ItemState.PROPOSED
                : possible.stream().anyMatch(choice -> choice.verdict() == Verdict.STAY)
                        ? ItemState.UNCHANGED
                        : ItemState.CANNOT;
        return item.with(
                state,
                possible,
                String.join(" ", possible.stream().map(Choice::words).toList()));
    }

    private Map<String, Wanted> wanted(
            ChannelPlan plan, DeviceLedger ledger, Map<Owner, PersonalSettings> chosen, Instant now) {
        PersonalSettings own = owner(ledger).map(chosen::get).orElse(null);
        ActiveProfiles all = profiles.of(plan.tenant());
        return reconciler
                .wanted(
                        ledger.standing(),
                        own == null ? all : all.with(own),
                        reported -> ledger.facts(reported, List.of(), now))
                .orElse(Map.of());
    }

    /** A profile that says the channel would write its own again, and what the subscriber chose is the subscriber's. */
    private static Choice held(Item item, Choice choice, Map<String, Wanted> wanted) {
        OrderTask.Radio radio = radio(item, choice.band());
        if (choice.verdict() != Verdict.MOVE || radio == null) {
            return choice;
        }
        return Stream.of("channel", "automatic")
                .map(name -> wanted.get(radio.parameters().getOrDefault(name, "")))
                .filter(value -> value != null && value.userChange() != UserChange.KEEP)
                .findFirst()
                .map(value -> choice.held(
                        value.userChange() == UserChange.CHOSEN
                                ? "The subscriber chose the channel of " + choice.band() + '.'
                                : "The profile " + value.source().profile() + " says the channel of " + choice.band()
                                        + " and would write it again."))
                .orElse(choice);
    }

    private static OrderTask.@Nullable Radio radio(Item item, Band band) {
        OrderTask.Survey survey = item.survey();
        return survey == null
                ? null
                : survey.radios().stream()
                        .filter(radio -> radio.band().equals(band.toString()))
                        .findFirst()
                        .orElse(null);
    }

    /** How each is told what was chosen for it. */
    Map<Item, Change> changes(ChannelPlan plan, List<Item> items, Instant now) throws SQLException {
        Map<DeviceKey, StoredLedger> known = ledgers(plan, items);
        Map<Item, Change> changes = new HashMap<>();
        for (Item item : items) {
            StoredLedger stored = known.get(key(plan, item));
            if (stored != null) {
                changes.put(item, change(item, stored.ledger(), now));
            }
        }
        return changes;
    }

    private Change change(Item item, DeviceLedger ledger, Instant now) {
        Vocabulary.Model model = ledger.facts(Map.of(), List.of(), now).model();
        Map<String, String> values = new TreeMap<>();
        for (Choice choice : item.choices()) {
            OrderTask.Radio radio = radio(item, choice.band());
            if (choice.verdict() == Verdict.MOVE && radio != null) {
                String channel = radio.parameters().getOrDefault("channel", "");
                switch (surveyor.writing(model, choice.band(), choice.to(), channel)) {
                    case Writing.Values written -> values.putAll(written.values());
                    case Writing.None none -> {
                        return new Change.None(none.why());
                    }
                }
            }
        }
        return new Change.Write(values.entrySet().stream()
                .map(value -> new ParameterValue(value.getKey(), value.getValue(), ValueType.UNKNOWN))
                .toList());
    }
}
