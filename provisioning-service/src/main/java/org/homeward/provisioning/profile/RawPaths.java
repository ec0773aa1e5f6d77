package org.homeward.provisioning.profile;

import java.util.Optional;

/** Raw paths, and nothing else: each means itself, on devices whose data model has the same root. */
public final class RawPaths implements Vocabulary {

    @Override
    public Meaning on(Model model, String name) {
        String root = Paths.root(name);
        if (model.root().isEmpty()) {
            return new Meaning.None("the device has not said yet what data model it has");
        }
        return root.equals(model.root())
                ? Meaning.Parameters.itself(name)
                : new Meaning.None("a " + model.productClass() + " of " + model.manufacturer() + " has the data model "
                        + model.root() + ", which has no " + name);
    }

    @Override
    public Optional<String> objection(String name) {
        if (name.startsWith(CAPABILITY)) {
            return Optional.of("no catalogue of capabilities is installed, so nothing is known of "
                    + name.substring(CAPABILITY.length()) + "; write the parameter's full path");
        }
        return Paths.isParameter(name)
                ? Optional.empty()
                : Optional.of("is not the full path of a parameter, such as Device.WiFi.SSID.1.SSID");
    }
}
