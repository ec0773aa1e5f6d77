package org.homeward.stunconnector.server;

import java.util.Optional;
import org.homeward.contracts.DeviceKey;

/** What devices sign with. */
@FunctionalInterface
public interface Credentials {

    /** @param password in clear, for as long as it takes to check a request */
    record Known(DeviceKey device, String password) {
        @Override
        public String toString() {
            return "Known[" + device + "]";
        }
    }

    /** Whose user name that is; empty when nobody's. */
    Optional<Known> of(String username);
}
