package org.homeward.standalone.drill.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every acknowledged Inform against the sessions of the registry. A session pays for one Inform only: one of the same
 * device, with the same events, that was under way when the session began. Sessions beyond that are no error, since an
 * Inform may be recorded and its response get lost.
 */
public final class InformAccount {

    /** Times are rounded to milliseconds on the way. */
    private static final Duration ROUNDING = Duration.ofMillis(5);

    private InformAccount() {}

    /** Informs that no session pays for. */
    public static List<Inform> unpaid(List<Inform> informs, Map<String, List<SessionLine>> sessions) {
        Map<List<Object>, List<Inform>> byWho = new HashMap<>();
        informs.forEach(
                inform -> byWho.computeIfAbsent(who(inform.device(), inform.events()), none -> new ArrayList<>())
                        .add(inform));
        Set<Inform> open = new HashSet<>(informs);
        sessions.forEach((device, lines) -> lines.stream()
                .sorted(Comparator.comparing(SessionLine::startedAt))
                .forEach(line -> earliest(byWho.getOrDefault(who(device, line.events()), List.of()), line, open)
                        .ifPresent(open::remove)));
        return informs.stream().filter(open::contains).toList();
    }

    public static List<Finding> findings(List<Inform> informs, Map<String, List<SessionLine>> sessions) {
        return unpaid(informs, sessions).stream()
                .map(inform -> new Finding(
                        Finding.Kind.LOST,
                        "the Inform of " + inform.device() + " at " + inform.from() + " with " + inform.events()
                                + " was acknowledged, and the registry has no session of it"))
                .toList();
    }

    /** Points taken in order, each by the open interval that ends first: as many are paid as can be. */
    private static Optional<Inform> earliest(List<Inform> candidates, SessionLine line, Set<Inform> open) {
        return candidates.stream()
                .filter(open::contains)
                .filter(inform -> contains(inform, line.startedAt()))
                .min(Comparator.comparing(Inform::until));
    }

    private static boolean contains(Inform inform, Instant at) {
        return !at.isBefore(inform.from().minus(ROUNDING))
                && !at.isAfter(inform.until().plus(ROUNDING));
    }

    private static List<Object> who(String device, List<String> events) {
        return List.of(device, events.stream().sorted().toList());
    }
}
