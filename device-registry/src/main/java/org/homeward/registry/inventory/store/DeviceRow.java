package org.homeward.registry.inventory.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about a device. What it reports of itself is written by {@link InventoryRows} and is no part of this
 * entity, so that neither side overwrites the other.
 */
@Entity(name = "RegistryDevice")
@Table(name = "device")
public class DeviceRow {

    @Id
    String key = "";

    String[] tags = {};

    @Column(name = "subscriber_id")
    @Nullable
    String subscriberId;

    boolean trace;

    @Version
    long version;

    /** For Hibernate. */
    protected DeviceRow() {}

    public long version() {
        return version;
    }
}
