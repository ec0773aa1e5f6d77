package org.homeward.provisioning.profile;

import java.util.Optional;
import org.homeward.kit.security.FieldCipher;

/**
 * A sealed secret that opens only for its own place among a subscriber's attributes.
 *
 * @param context its place
 */
public record BoundSecret(String sealed, String context) {

    /** As conditions and expressions pass it on: recognised again as long as nothing is added to it. */
    public String text() {
        return sealed + '\n' + context;
    }

    /** Empty where the text is none. */
    public static Optional<BoundSecret> of(String text) {
        int end = text.indexOf('\n');
        return end < 0 || !FieldCipher.isSealed(text)
                ? Optional.empty()
                : Optional.of(new BoundSecret(text.substring(0, end), text.substring(end + 1)));
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
