package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.reconcile.Explanation.Line;
import org.homeward.provisioning.reconcile.Explanation.Note;
import org.jspecify.annotations.Nullable;

/**
 * What would become of one device if other profiles were active.
 *
 * @param changes what would be written or has to be read first; empty where the device is so already
 * @param remarks what would not come true
 */
public record Forecast(List<Change> changes, List<Note> remarks) {

    /**
     * @param from what the device says now; null where it is a secret, or not known
     * @param to {@code (secret)} for secrets
     * @param how {@code write}, {@code add} for a row, {@code read} where it has to be read before anything can be said
     */
    public record Change(String path, @Nullable String from, String to, String how) {}

    /** Empty where the profile of this name has nothing to say of the device. */
    static Optional<Forecast> of(
            String profile,
            Reconciler reconciler,
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            Instant now) {
        Explanation explanation = reconciler.explain(standing, profiles, facts, now);
        List<Note> remarks = explanation.remarks().stream()
                .filter(note -> note.sources().stream()
                        .anyMatch(source -> source.profile().equals(profile)))
                .toList();
        List<Line> lines = explanation.values().stream()
                .filter(line -> line.source().profile().equals(profile))
                .toList();
        if (lines.isEmpty() && remarks.isEmpty()) {
            return Optional.empty();
        }
        List<Change> changes = new ArrayList<>();
        for (Line line : lines) {
            how(line).ifPresent(how -> changes.add(new Change(line.path(), line.reported(), line.wanted(), how)));
        }
        return Optional.of(new Forecast(changes, remarks));
    }

    private static Optional<String> how(Line line) {
        return switch (line.state()) {
            case "unread" -> Optional.of("read");
            case "pending" -> Optional.of(line.path().endsWith("]") ? "add" : "write");
            default -> Optional.empty();
        };
    }
}
