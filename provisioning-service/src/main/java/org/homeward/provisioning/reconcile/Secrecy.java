package org.homeward.provisioning.reconcile;

/** Keeps secrets out of ledgers and events. */
public interface Secrecy {

    /** The text encrypted, so that only the gateway reads it. */
    String seal(String clear);

    /** By which a secret is recognised again and nothing else is learnt of it: the same for the same text, always. */
    String fingerprint(String secret);
}
