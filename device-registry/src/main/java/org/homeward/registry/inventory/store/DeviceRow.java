package org.homeward.registry.inventory.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/**
 * What people decide about a device. What it reports of itself is written by {@link InventoryRows}, and whose it is follows
 * from the bindings of subscribers; neither is part of this entity, so that no side overwrites another.
 */
@Entity(name = "RegistryDevice")
@Table(name = "device")
public class DeviceRow {

    @Id
    String key = "";

    String[] tags = {};

    boolean trace;

    @Version
    long version;

    /** For Hibernate. */
    protected DeviceRow() {}

    public long version() {
        return version;
    }
}
