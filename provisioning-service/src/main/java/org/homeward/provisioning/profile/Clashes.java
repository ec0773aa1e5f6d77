package org.homeward.provisioning.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Clashes that can be seen without any device: they are errors of whoever writes the profile. */
public final class Clashes {

    private Clashes() {}

    /** What a profile says otherwise than others that are active, at the same priority and for the same devices. */
    public static List<DocumentError> between(Profile candidate, Collection<Profile> active) {
        List<DocumentError> errors = new ArrayList<>();
        for (Profile other : active) {
            if (other.name().equals(candidate.name())
                    || other.priority() != candidate.priority()
                    || !overlap(candidate.condition(), other.condition())) {
                continue;
            }
            for (Setting setting : candidate.plain()) {
                Optional<Setting> theirs = other.constant(setting.name());
                if (setting.expression() == null
                        && theirs.isPresent()
                        && !theirs.get().text().equals(setting.text())) {
                    errors.add(new DocumentError(
                            setting.field(),
                            "clashes with the active profile " + other + ", which has the same priority "
                                    + other.priority() + " and is for the same devices, but says otherwise"));
                }
            }
        }
        return errors;
    }

    /** Whether a device for which one of them holds is sure to be one for which both do. */
    private static boolean overlap(Expression one, Expression other) {
        return one.alwaysTrue()
                || other.alwaysTrue()
                || one.source().strip().equals(other.source().strip());
    }
}
