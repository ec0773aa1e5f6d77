package org.homeward.provisioning.profile;

import org.homeward.contracts.TenantId;

/** Where the active profiles of tenants are looked up: in memory, so that it may be asked for each event. */
public interface ProfileBook {

    ActiveProfiles of(TenantId tenant);
}
