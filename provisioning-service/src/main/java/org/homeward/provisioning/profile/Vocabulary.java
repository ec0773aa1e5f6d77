package org.homeward.provisioning.profile;

import java.util.List;
import java.util.Optional;

/** What the names that profiles use for parameters mean on a device: a raw path means itself. */
public interface Vocabulary {

    /** Names that begin so are capabilities; all others are raw paths. */
    String CAPABILITY = "capability:";

    /** What decides how a name is understood. */
    record Model(String manufacturer, String productClass, String softwareVersion, String root) {}

    /** What a name means on a model. */
    sealed interface Meaning {

        /** The parameters that it stands for. */
        record Paths(List<String> paths) implements Meaning {
            public Paths {
                paths = List.copyOf(paths);
            }
        }

        /** Nothing. @param why for people; names the model */
        record None(String why) implements Meaning {}
    }

    Meaning on(Model model, String name);

    /** Why no device at all could understand the name; for those who write profiles. */
    Optional<String> objection(String name);
}
