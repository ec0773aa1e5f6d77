package org.homeward.provisioning.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.homeward.provisioning.reconcile.Forecast.Change;
import org.jspecify.annotations.Nullable;

/** Sums up what would become of a fleet, in memory that does not grow with it. For one thread. */
public final class Tally {

    private static final int MOST_PATHS = 500;
    private static final int MOST_VALUES = 20;

    private record FromTo(@Nullable String from, String to) {}

    private static final class OfPath {
        long devices;
        final Map<FromTo, Long> values = new HashMap<>();
    }

    private final Map<String, OfPath> paths = new HashMap<>();
    private long devices;
    private long silent;
    private long matched;
    private long changing;
    private long unread;
    private long cannot;
    private long clashing;
    private long incomplete;
    private long rpcs;
    private long sessions;
    private long reboots;
    private long seconds;
    private int longest;

    /**
     * @param devices looked at
     * @param silent of these, that never called, so that nothing can be said of them
     * @param matched of these, that the profile is for
     * @param changing in which something would be written, added or deleted
     * @param unread of these, in which some of that depends on what the device says once it is asked
     * @param cannot in which something would not come true, whatever the reason
     * @param clashing of these, because profiles of equal priority say different things
     * @param incomplete of these, because something is not known of the device or can't be worked out
     * @param reboots at most
     * @param seconds of all devices together, and {@code longest} of one
     */
    public record Sum(
            long devices,
            long silent,
            long matched,
            long changing,
            long unread,
            long cannot,
            long clashing,
            long incomplete,
            long rpcs,
            long sessions,
            long reboots,
            long seconds,
            int longest) {}

    /** @param changes the most frequent ones */
    public record OfParameter(String path, long devices, List<FromToCount> changes) {}

    /** @param from null where it is not known, or a secret */
    public record FromToCount(@Nullable String from, String to, long devices) {}

    /** A device that the profile is not for. */
    public void skipped() {
        devices++;
    }

    /** A device that never called. */
    public void silent() {
        devices++;
        silent++;
    }

    /** @param matches whether the profile is for the device */
    public void add(Forecast forecast, boolean matches) {
        devices++;
        matched += matches ? 1 : 0;
        changing += forecast.changes().isEmpty() ? 0 : 1;
        unread += forecast.changes().isEmpty() || forecast.unread().isEmpty() ? 0 : 1;
        boolean clashes =
                forecast.remarks().stream().anyMatch(note -> note.kind().equals("clash"));
        boolean lacks = forecast.remarks().stream()
                .anyMatch(
                        note -> note.kind().equals("incomplete") || note.kind().equals("failed"));
        cannot += forecast.remarks().isEmpty() && forecast.cannot().isEmpty() ? 0 : 1;
        clashing += clashes ? 1 : 0;
        incomplete += lacks ? 1 : 0;
        rpcs += forecast.rpcs();
        sessions += forecast.sessions();
        reboots += forecast.reboots();
        seconds += forecast.seconds();
        longest = Math.max(longest, forecast.seconds());
        forecast.changes().forEach(this::count);
    }

    private void count(Change change) {
        OfPath of = paths.get(change.path());
        if (of == null) {
            if (paths.size() == MOST_PATHS) {
                return;
            }
            of = new OfPath();
            paths.put(change.path(), of);
        }
        of.devices++;
        FromTo values = new FromTo(change.from(), change.to());
        if (of.values.size() < MOST_VALUES || of.values.containsKey(values)) {
            of.values.merge(values, 1L, Long::sum);
        }
    }

    public Sum sum() {
        return new Sum(
                devices,
                silent,
                matched,
                changing,
                unread,
                cannot,
                clashing,
                incomplete,
                rpcs,
                sessions,
                reboots,
                seconds,
                longest);
    }

    /** By how many devices they would change in; at most {@value #MOST_PATHS}. */
    public List<OfParameter> parameters() {
        List<OfParameter> all = new ArrayList<>();
        paths.forEach((path, of) -> all.add(new OfParameter(
                path,
                of.devices,
                of.values.entrySet().stream()
                        .map(each -> new FromToCount(
                                each.getKey().from(), each.getKey().to(), each.getValue()))
                        .sorted(Comparator.comparingLong(FromToCount::devices)
                                .reversed()
                                .thenComparing(FromToCount::to))
                        .toList())));
        all.sort(Comparator.comparingLong(OfParameter::devices).reversed().thenComparing(OfParameter::path));
        return all;
    }
}
