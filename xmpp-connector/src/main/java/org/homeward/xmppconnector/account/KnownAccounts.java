package org.homeward.xmppconnector.account;

import java.util.LinkedHashMap;
import java.util.Map;

/** Accounts that were opened since the start, so that asking again costs the server nothing. Forgets the oldest. */
final class KnownAccounts {

    private static final int MOST = 200_000;

    private final Map<String, String> fingerprints = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    /** @param fingerprint of the password */
    synchronized boolean has(String localpart, String fingerprint) {
        return fingerprint.equals(fingerprints.get(localpart));
    }

    synchronized void add(String localpart, String fingerprint) {
        fingerprints.put(localpart, fingerprint);
    }
}
