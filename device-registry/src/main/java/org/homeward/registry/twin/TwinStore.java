package org.homeward.registry.twin;

import java.util.Collection;
import java.util.Map;
import org.homeward.contracts.DeviceKey;

/**
 * Where twins are kept. It takes part in no transaction: writing the same again, or something older than what is
 * there, harms nothing.
 */
public interface TwinStore {

    /** The heads of those of the devices that have one; one question for all. */
    Map<DeviceKey, TwinHead> heads(Collection<DeviceKey> devices);

    /** Those of the blocks that are stored; one question for all. */
    Map<BlockId, TwinBlock> blocks(Collection<BlockId> blocks);

    /**
     * Stores what was written to the twins of these devices. A block that is stored as of a greater offset stays.
     *
     * @return the devices of which a later block stayed: what is known of them is out of date
     */
    Collection<DeviceKey> save(Map<DeviceKey, DeviceTwin.Write> writes);

    /** Forgets all of the devices' twins. */
    void delete(Collection<DeviceKey> devices);
}
