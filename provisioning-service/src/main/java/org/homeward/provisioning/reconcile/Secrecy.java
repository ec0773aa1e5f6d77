package org.homeward.provisioning.reconcile;

import java.util.Optional;

/** Keeps secrets out of ledgers and events. */
public interface Secrecy {

    /** The text encrypted, so that only the gateway reads it. */
    String seal(String clear);

    /** A secret that is sealed already, for the gateway; empty where it can't be opened. */
    Optional<String> passOn(String sealed);

    /** By which a secret is recognised again and nothing else is learnt of it: the same for the same text, always. */
    String fingerprint(String secret);
}
