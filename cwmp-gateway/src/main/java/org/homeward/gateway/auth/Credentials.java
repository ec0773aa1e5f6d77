package org.homeward.gateway.auth;

import java.util.List;
import org.homeward.contracts.TenantId;

/** The passwords that a user name may come with. */
public interface Credentials {

    /** Most likely first; empty for a name that nobody has. */
    List<Candidate> of(TenantId tenant, String username);

    /** Whether all that is registered is known; before, a name that nobody has may yet be somebody's. */
    boolean isComplete();

    /** @param password in clear, for as long as it takes to check a request */
    record Candidate(Principal principal, String password) {
        @Override
        public String toString() {
            return "Candidate[" + principal + "]";
        }
    }
}
