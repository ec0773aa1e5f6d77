package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Desired;
import org.homeward.provisioning.profile.Desired.Source;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.Merge;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.reconcile.Judgement.State;
import org.homeward.provisioning.reconcile.Move.Chore;

/**
 * Decides what is to be done next so that a device becomes what its profiles say. First it reads what it has to know and
 * nothing else; then rows are deleted and added, values are written together, attributes last. What was written is read
 * back. Thread-safe.
 */
public final class Reconciler {

    private final Vocabulary vocabulary;
    private final Secrecy secrecy;

    public Reconciler(Vocabulary vocabulary, Secrecy secrecy) {
        this.vocabulary = vocabulary;
        this.secrecy = secrecy;
    }

    /**
     * What can be done now.
     *
     * @param facts of the device, given what is known of the parameters that conditions and expressions ask for
     * @param treeComes whether the whole data model is being read anyway, so that nothing else needs to be
     * @param plan that the chores would be in; what is written carries a ParameterKey of its own
     */
    public Move next(
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            boolean treeComes,
            PlanId plan,
            Instant now) {
        Instant rest = standing.rest();
        boolean due = !standing.settled()
                || standing.revision() != profiles.revision()
                || standing.again() != null && !now.isBefore(standing.again());
        if (profiles.isEmpty()
                || standing.flight() != null
                || rest != null && now.isBefore(rest)
                || !due && !profiles.passing() && !isAnotherOccasion(standing, profiles, facts)) {
            return new Move(List.of(), standing, false);
        }
        return new Planning(standing, profiles, facts, vocabulary, secrecy, plan, now).move(treeComes);
    }

    private static boolean isAnotherOccasion(
            Standing standing, ActiveProfiles profiles, Function<Map<String, String>, Facts> facts) {
        return profiles.hasOccasional()
                && !profiles.occasional(facts.apply(Planning.reported(standing, profiles)))
                        .equals(standing.occasional());
    }

    /** The facts of a device, with what is known of the parameters that conditions and expressions ask for. */
    public Facts known(Standing standing, ActiveProfiles profiles, Function<Map<String, String>, Facts> facts) {
        return facts.apply(Planning.reported(standing, profiles));
    }

    /**
     * What profiles say that parameters of the device should be.
     *
     * @return empty as long as that depends on what has not been read of the device
     */
    public Optional<Map<String, Wanted>> wanted(
            Standing standing, ActiveProfiles profiles, Function<Map<String, String>, Facts> facts) {
        Facts known = known(standing, profiles, facts);
        boolean unread = profiles.reported().stream()
                .filter(path -> path.startsWith(known.root()))
                .anyMatch(path -> {
                    Item item = standing.items().get(path);
                    return item == null || !item.read();
                });
        return unread
                ? Optional.empty()
                : Optional.of(Merge.of(profiles, known, vocabulary).values());
    }

    /** Whether profiles ask for something that is not known of the device. */
    public boolean lacks(Standing standing, ActiveProfiles profiles, Function<Map<String, String>, Facts> facts) {
        return Merge.of(profiles, known(standing, profiles, facts), vocabulary).remarks().stream()
                .anyMatch(remark -> remark.kind() == Desired.Kind.INCOMPLETE);
    }

    /** By which parameters the device is told what its subscriber chose of these capabilities. */
    public Set<String> paths(
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            Collection<String> capabilities) {
        Desired desired = Merge.of(profiles, known(standing, profiles, facts), vocabulary);
        Set<String> paths = new HashSet<>();
        bound(desired, new Edit(standing), Instant.MAX).forEach((path, wanted) -> {
            if (isChosen(wanted.source(), capabilities)) {
                paths.add(path);
            }
        });
        rows(desired, capabilities, (capability, row) -> paths.add(row));
        return paths;
    }

    /** What parameters should be, those of rows that are there among them. */
    private static SortedMap<String, Wanted> bound(Desired desired, Edit edit, Instant now) {
        SortedMap<String, Wanted> wanted = new TreeMap<>(desired.values());
        Tables tables = new Tables(edit, now);
        desired.tables().values().forEach(table -> tables.bind(table, wanted));
        return wanted;
    }

    /** Tells the rows that were chosen, by capability and the item of the row. */
    private static void rows(Desired desired, Collection<String> capabilities, BiConsumer<String, String> told) {
        desired.tables()
                .values()
                .forEach(table -> table.rows()
                        .forEach(row -> row.columns().values().stream()
                                .map(Wanted::source)
                                .filter(source -> isChosen(source, capabilities))
                                .findFirst()
                                .ifPresent(
                                        source -> told.accept(source.field(), Standing.row(table.table(), row.id())))));
    }

    private static boolean isChosen(Source source, Collection<String> capabilities) {
        return source.profile().equals(PersonalSettings.SOURCE) && capabilities.contains(source.field());
    }

    /**
     * What became of what the subscriber chose of these capabilities, once nothing more is to be done. One that is no
     * longer chosen is left out.
     */
    public List<Settled> settled(
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            Collection<String> capabilities,
            Instant now) {
        Desired desired = Merge.of(profiles, known(standing, profiles, facts), vocabulary);
        List<Settled> all = new ArrayList<>();
        Edit edit = new Edit(standing);
        bound(desired, edit, now).forEach((path, wanted) -> {
            if (isChosen(wanted.source(), capabilities)) {
                Item item = edit.item(path);
                all.add(settled(wanted, Judgement.of(path, wanted, item, secrecy, now), item));
            }
        });
        rows(desired, capabilities, (capability, row) -> {
            Item item = edit.item(row);
            Item.Trouble trouble = item.trouble();
            if (item.base() == null) {
                all.add(
                        trouble == null
                                ? new Settled(
                                        capability, State.PENDING.name(), false, 0, "the device could not be told")
                                : new Settled(
                                        capability,
                                        State.REFUSED.name(),
                                        false,
                                        trouble.code(),
                                        "the device refused it with fault " + trouble.code() + ": "
                                                + trouble.detail()));
            }
        });
        for (Desired.Remark remark : desired.remarks()) {
            remark.sources().stream()
                    .filter(source -> isChosen(source, capabilities))
                    .forEach(source -> all.add(new Settled(
                            source.field(),
                            remark.kind().name(),
                            false,
                            0,
                            Explanation.note(remark).words())));
            if (remark.kind() == Desired.Kind.OVERRULED && capabilities.contains(remark.what())) {
                all.add(new Settled(
                        remark.what(),
                        remark.kind().name(),
                        false,
                        0,
                        Explanation.note(remark).words()));
            }
        }
        return all;
    }

    private static Settled settled(Wanted wanted, Judgement judgement, Item item) {
        Item.Trouble trouble = item.trouble();
        boolean later = trouble != null && trouble.kind() == Item.Kind.LATER;
        boolean holds = judgement.state() == State.VERIFIED || later;
        String detail = later
                ? ""
                : switch (judgement.state()) {
                    case VERIFIED, LATER -> "";
                    case REFUSED ->
                        "the device refused it"
                                + (trouble == null ? "" : " with fault " + trouble.code() + ": " + trouble.detail());
                    case DIVERGING ->
                        "the device took it, but says"
                                + (trouble == null ? " otherwise" : " \"" + trouble.detail() + '"');
                    case MISSING -> "the device has no such parameter";
                    case QUARREL -> "it was changed too often within the hour";
                    case KEPT -> "somebody at the device made it something else";
                    case UNREAD, PENDING -> "the device could not be told";
                };
        int code = judgement.state() == State.REFUSED && trouble != null ? trouble.code() : 0;
        return new Settled(
                wanted.source().field(),
                later ? State.LATER.name() : judgement.state().name(),
                holds,
                code,
                detail);
    }

    /** Why the device is, or is not yet, what its profiles say. */
    public Explanation explain(
            Standing standing, ActiveProfiles profiles, Function<Map<String, String>, Facts> facts, Instant now) {
        return Explanation.of(standing, profiles, facts, vocabulary, secrecy, now);
    }

    /**
     * What would become of the device with these profiles.
     *
     * @param profile the one whose remarks and failures count
     */
    public Forecast forecast(
            String profile,
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            Instant now) {
        return new Rehearsal(standing, profiles, facts, vocabulary, secrecy, now).play(profile);
    }

    /** The standing once these chores are in a plan. */
    public static Standing sent(Move move, List<Chore> chores, SessionId session, PlanId plan, Instant now) {
        if (chores.isEmpty()) {
            return move.standing();
        }
        Edit edit = new Edit(move.standing());
        Map<String, Leg> legs = new HashMap<>();
        for (Chore chore : chores) {
            legs.put(chore.command().value(), chore.leg());
            switch (chore.leg()) {
                case Leg.Write write -> write.wants().keySet().forEach(path -> edit.change(path, it -> it.sent(now)));
                case Leg.WriteAttributes write ->
                    write.wants().keySet().forEach(key -> edit.change(key, it -> it.sent(now)));
                case Leg.Add add ->
                    edit.change(
                            Standing.row(add.table(), add.row()),
                            it -> it.withBase(null).sent(now));
                case Leg.Delete delete ->
                    edit.change(Standing.deletion(delete.table(), delete.instance()), it -> it.sent(now));
                case Leg.Reboot reboot -> edit.reboot = false;
                case Leg.Read read -> {}
                case Leg.ReadAttributes read -> {}
            }
        }
        edit.flight = new Flight(session, plan, legs);
        edit.rest = null;
        return edit.done();
    }
}
