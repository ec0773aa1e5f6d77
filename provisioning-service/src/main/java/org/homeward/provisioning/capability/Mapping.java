package org.homeward.provisioning.capability;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeward.provisioning.profile.Glob;
import org.homeward.provisioning.profile.Vocabulary.Check;
import org.homeward.provisioning.profile.Vocabulary.Model;
import org.jspecify.annotations.Nullable;

/**
 * By which parameters some models are told what capabilities say.
 *
 * @param file that says so
 * @param spoken names, with asterisks, of all capabilities that the file says anything of
 * @param spots where each capability may stand, by its name with an index; none where these models lack it
 * @param tables where each table may stand, by its name; empty where these models lack it
 */
record Mapping(
        String file,
        String root,
        Glob manufacturer,
        Glob productClass,
        Glob softwareVersion,
        Set<String> spoken,
        Map<String, List<Spot>> spots,
        Map<String, List<Table>> tables) {

    /** The most specific first: the product counts most, then the software, then the maker. */
    static final Comparator<Mapping> BY_WEIGHT = Comparator.comparingInt(
                    (Mapping mapping) -> mapping.productClass.weight())
            .thenComparingInt(mapping -> mapping.softwareVersion.weight())
            .thenComparingInt(mapping -> mapping.manufacturer.weight())
            .reversed();

    /** Somewhere that a capability may stand, if the checks hold. */
    record Spot(List<Check> checks, List<Target> targets) {}

    /**
     * A parameter that has a part in it.
     *
     * @param values what is written for which value, or null for nothing at all; an asterisk is any other value, and that
     *     value itself. Null where all are written as they are
     */
    record Target(String path, @Nullable Map<String, Optional<String>> values) {

        static final String ANY = "*";

        /** Empty where there is no word for the value; holds nothing where this parameter is left alone. */
        Optional<Optional<String>> of(String value) {
            if (values == null) {
                return Optional.of(Optional.of(value));
            }
            Optional<String> said = values.containsKey(value) ? values.get(value) : values.get(ANY);
            return said == null ? Optional.empty() : Optional.of(said.map(word -> word.equals(ANY) ? value : word));
        }
    }

    boolean isFor(Model model) {
        return root.equals(model.root())
                && manufacturer.matches(model.manufacturer())
                && productClass.matches(model.productClass())
                && softwareVersion.matches(model.softwareVersion());
    }

    /** Whether for some model neither would be more specific. */
    boolean rivals(Mapping other) {
        return BY_WEIGHT.compare(this, other) == 0
                && root.equals(other.root)
                && manufacturer.mayMeet(other.manufacturer)
                && productClass.mayMeet(other.productClass)
                && softwareVersion.mayMeet(other.softwareVersion);
    }
}
