package org.homeward.registry.inventory;

import java.util.List;
import org.homeward.contracts.DeviceId;
import org.jspecify.annotations.Nullable;

/** A device that somebody registers ahead of its first contact. */
public record Registration(
        DeviceId device,
        String manufacturer,
        List<String> tags,
        @Nullable String subscriberId,
        boolean trace,
        @Nullable Credentials credentials) {

    public Registration {
        tags = tags.stream().distinct().sorted().toList();
    }

    /** How the device signs in to the ACS. */
    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return username + "/(secret)";
        }
    }
}
