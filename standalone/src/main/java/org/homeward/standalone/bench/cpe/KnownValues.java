package org.homeward.standalone.bench.cpe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an ACS should know of a CPE that it has read. */
public final class KnownValues {

    private KnownValues() {}

    /** @param same how many values are as they should be @param differences those that are not, in words */
    public record Comparison(int same, List<String> differences) {}

    /** Compares all values but those that nobody can know: secrets, and what changes by itself. */
    public static Comparison compare(LoadCpe cpe, Map<String, String> twin) {
        List<String> differences = new ArrayList<>();
        int same = 0;
        for (HomeGateway.Entry entry : HomeGateway.tr098().subtree("")) {
            if (entry.object() || entry.hidden() || entry.value().contains("${now}")) {
                continue;
            }
            String known = twin.get(entry.path());
            if (known == null) {
                differences.add(cpe.deviceId() + " has " + entry.path() + ", the twin does not");
            } else if (!known.equals(cpe.value(entry)) && !isSecret(entry.path())) {
                differences.add(
                        cpe.deviceId() + " " + entry.path() + " is " + cpe.value(entry) + ", the twin says " + known);
            } else {
                same++;
            }
        }
        return new Comparison(same, differences);
    }

    /** Kept back by REST, or not told by devices of the field. */
    private static boolean isSecret(String path) {
        return path.matches(".*(Password|Passphrase|Key|PIN).*");
    }
}
