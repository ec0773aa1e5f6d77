package org.homeward.registry.inventory.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;

/** Devices as people edit them. */
@ApplicationScoped
public class DeviceRepository implements PanacheRepositoryBase<DeviceRow, String> {

    /** The device, for this transaction alone: what is published of it keeps the order of its edits. */
    public Optional<DeviceRow> lock(DeviceKey device) {
        return findByIdOptional(device.toString(), LockModeType.PESSIMISTIC_WRITE);
    }
}
