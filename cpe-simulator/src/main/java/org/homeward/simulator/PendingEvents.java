package org.homeward.simulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The events that the ACS has not confirmed yet, and the parameters of whose change it has not been told (TR-069
 * 3.7.1.5). Safe for use by several threads.
 */
final class PendingEvents {

    /** What one Inform says. */
    record Told(List<CpeEvent> events, Set<String> changed) {}

    private final List<CpeEvent> events = new ArrayList<>(2);
    private Set<String> changed = Set.of();
    /** What the running session's Inform tells, until it is confirmed: the same may change once more meanwhile. */
    private Set<String> beingTold = Set.of();

    /** "M ..." events may stand several times with different keys, the others once. */
    synchronized void add(CpeEvent event) {
        if (!events.contains(event)) {
            events.add(event);
        }
    }

    synchronized void addChange(String path) {
        changed = plus(changed, Set.of(path));
        add(CpeEvent.of(CpeEvent.VALUE_CHANGE));
    }

    synchronized void remove(CpeEvent event) {
        events.remove(event);
    }

    synchronized List<CpeEvent> list() {
        return List.copyOf(events);
    }

    synchronized Told tell() {
        beingTold = plus(beingTold, changed);
        changed = Set.of();
        return new Told(List.copyOf(events), beingTold);
    }

    /**
     * The ACS has answered the Inform.
     *
     * @param hasRequest events that go with a request of their own, such as TransferComplete, wait for the answer to that
     */
    synchronized void confirmed(Told told, Predicate<CpeEvent> hasRequest) {
        beingTold = Set.of();
        told.events().stream().filter(hasRequest.negate()).forEach(events::remove);
        if (!changed.isEmpty()) {
            add(CpeEvent.of(CpeEvent.VALUE_CHANGE));
        }
    }

    /** The ACS did not hear it. */
    synchronized void notHeard() {
        changed = plus(beingTold, changed);
        beingTold = Set.of();
    }

    synchronized void boot() {
        events.removeIf(e -> !e.survivesBoot());
        changed = Set.of();
        beingTold = Set.of();
        add(CpeEvent.of(CpeEvent.BOOT));
    }

    /** Drops all that was to be told: there is nobody any more who knows what it was about. */
    synchronized void bootstrap() {
        events.clear();
        changed = Set.of();
        beingTold = Set.of();
        events.add(CpeEvent.of(CpeEvent.BOOTSTRAP));
    }

    private static Set<String> plus(Set<String> some, Set<String> more) {
        if (some.isEmpty() || more.isEmpty()) {
            return some.isEmpty() ? more : some;
        }
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
