package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.OptionalInt;

/** What other devices taught about the ways to this one. */
public interface Experience {

    /**
     * How often a way leads to devices of the same network, in tenths: 0 for never, 10 for always, 5 where nobody knows.
     *
     * @param address of the device, as it last called from there
     */
    int hope(String address, Transport transport, Instant now);

    /** Where a STUN connector takes requests, for devices that are known to none; empty while none was heard of. */
    OptionalInt stunPartition();

    /** None at all. */
    Experience NONE = new Experience() {
        @Override
        public int hope(String address, Transport transport, Instant now) {
            return 5;
        }

        @Override
        public OptionalInt stunPartition() {
            return OptionalInt.empty();
        }
    };
}
