package org.homeward.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Who waits for a session of one CPE to end. Safe for use by several threads. */
final class SessionWatchers {

    private record Watcher(Predicate<SessionReport> wanted, CompletableFuture<SessionReport> report) {}

    // Lists of their own only while somebody waits: most devices of a fleet nobody watches.
    private List<CompletableFuture<SessionReport>> callers = List.of();
    private List<Watcher> watchers = List.of();

    /** For who asked for a session: the report of the next one to start. */
    synchronized CompletableFuture<SessionReport> caller() {
        CompletableFuture<SessionReport> report = new CompletableFuture<>();
        callers = plus(callers, report);
        return report;
    }

    /** Those whose session starts now. */
    synchronized List<CompletableFuture<SessionReport>> takeCallers() {
        List<CompletableFuture<SessionReport>> taken = callers;
        callers = List.of();
        return taken;
    }

    /** For who looks on: the report of the next one to end that is wanted. */
    synchronized CompletableFuture<SessionReport> watcher(Predicate<SessionReport> wanted) {
        CompletableFuture<SessionReport> report = new CompletableFuture<>();
        watchers = plus(watchers, new Watcher(wanted, report));
        return report;
    }

    /** Those who wanted this session. Taken before anybody learns of its end: who asks then must not get this one. */
    synchronized List<CompletableFuture<SessionReport>> takeWatchers(SessionReport report) {
        List<Watcher> told =
                watchers.stream().filter(w -> w.wanted().test(report)).toList();
        watchers = watchers.stream().filter(w -> !told.contains(w)).toList();
        return told.stream().map(Watcher::report).toList();
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
