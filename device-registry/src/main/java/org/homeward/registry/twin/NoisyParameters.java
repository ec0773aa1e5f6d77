package org.homeward.registry.twin;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parameters that differ whenever one looks: counters, uptimes, clocks. They are kept in the twin, but their changes
 * are no history. A pattern is a path in which {@code *} stands for anything; it matches whole paths.
 */
public final class NoisyParameters {

    /** Paths are the same all over a fleet; more than this many different ones are judged anew each time. */
    private static final int REMEMBERED = 20_000;

    private final Pattern pattern;
    private final Map<String, Boolean> judged = new ConcurrentHashMap<>();

    public NoisyParameters(Collection<String> patterns) {
        pattern = Pattern.compile(
                patterns.stream().map(NoisyParameters::regex).collect(Collectors.joining("|", "(?:", ")")));
    }

    private static String regex(String pattern) {
        return pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
    }

    public boolean isNoisy(String path) {
        Boolean known = judged.get(path);
        if (known != null) {
            return known;
        }
        boolean noisy = pattern.matcher(path).matches();
        if (judged.size() < REMEMBERED) {
            judged.put(path, noisy);
        }
        return noisy;
    }
}
