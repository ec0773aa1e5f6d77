package org.homeward.provisioning.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the names that profiles use for parameters mean on a device: a raw path means itself. */
public interface Vocabulary {

    /** Names that begin so are capabilities; all others are raw paths. */
    String CAPABILITY = "capability:";

    /** What decides how a name is understood. */
    record Model(String manufacturer, String productClass, String softwareVersion, String root) {}

    /** What a name means on a model. */
    sealed interface Meaning {

        /** @param places where it may stand; the first counts whose checks all hold */
        record Parameters(List<Place> places) implements Meaning {
            public Parameters {
                places = List.copyOf(places);
            }

            static Parameters itself(String path) {
                return new Parameters(List.of(new Place(List.of(), List.of(new Parameter(path, Said.Value::new)))));
            }
        }

        /** Nothing. @param why for people; names the model */
        record None(String why) implements Meaning {}
    }

    /** @param checks what the device has to say of itself so that the parameters are the ones that are meant */
    record Place(List<Check> checks, List<Parameter> parameters) {
        public Place {
            checks = List.copyOf(checks);
            parameters = List.copyOf(parameters);
        }

        /** Whether all checks hold. @param reported values by path */
        public boolean isConfirmedBy(Map<String, String> reported) {
            return checks.stream().allMatch(check -> {
                String said = reported.get(check.path());
                return said != null && check.holds(said);
            });
        }
    }

    /** @param pattern of what the device has to report of the parameter */
    record Check(String path, Glob pattern) {
        boolean holds(String reported) {
            return pattern.matches(withoutDot(reported));
        }

        /** References end in a dot on some devices only. */
        private static String withoutDot(String reference) {
            return reference.endsWith(".") ? reference.substring(0, reference.length() - 1) : reference;
        }
    }

    /** One that takes part in what a name means. */
    record Parameter(String path, Translation translation) {}

    /** From a value as profiles write it to the one that this model wants. Never asked of secrets that are sealed. */
    @FunctionalInterface
    interface Translation {
        Said of(String value);
    }

    /** What the parameter is to be. */
    sealed interface Said {
        record Value(String text) implements Said {}

        /** With this value the parameter does not matter. */
        record Nothing() implements Said {}

        /** @param why for people; names what was said, the value unless it is a secret, and the model */
        record Unfit(String why) implements Said {}
    }

    /** What rows of a table mean on a model. */
    sealed interface RowsMeaning {

        /** @param places where the table may stand; the first counts whose checks all hold */
        record Known(List<TablePlace> places) implements RowsMeaning {
            public Known {
                places = List.copyOf(places);
            }
        }

        /** Nothing. @param why for people; names the model */
        record None(String why) implements RowsMeaning {}
    }

    /**
     * @param table path that ends in a dot
     * @param key parameters of a row by which it is told from the others
     * @param rows what is to be, by parameter of the row
     */
    record TablePlace(Place place, String table, List<String> key, List<Map<String, String>> rows) {
        public TablePlace {
            key = List.copyOf(key);
            rows = List.copyOf(rows);
        }
    }

    Meaning on(Model model, String name);

    /** @param rows that a table of this name should have, by column in the words of the catalogue */
    default RowsMeaning rows(Model model, String name, List<Map<String, String>> rows) {
        return new RowsMeaning.None("nobody has said where " + name + " stands");
    }

    /** Why no device at all could understand the name; for those who write profiles. */
    Optional<String> objection(String name);

    /** Why the value can't be one of what is so named, on any device. Not asked of secrets that are sealed. */
    default Optional<String> objection(String name, String value) {
        return Optional.empty();
    }

    /** Parameters that have to be known before it is certain what the name means on some device. */
    default Set<String> checks(String name) {
        return Set.of();
    }
}
