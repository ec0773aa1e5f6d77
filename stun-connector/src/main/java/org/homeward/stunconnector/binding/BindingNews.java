package org.homeward.stunconnector.binding;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.homeward.contracts.DeviceKey;
import org.jspecify.annotations.Nullable;

/** Hears what others should know of bindings. Called by whoever heard the device; must not block. */
public interface BindingNews {

    /**
     * A binding as it is now.
     *
     * @param address {@code 192.0.2.7:34567}
     * @param since for how long the device has had this address
     * @param silent for how long it was not heard of
     */
    record State(String address, Duration since, Duration silent, boolean lapsed) {}

    /** It is new, or something of it changed, or it was not told for long. Fails when it could not be told. */
    CompletionStage<@Nullable Void> changed(DeviceKey device, State state);

    /** The device was not heard of for so long that its binding is forgotten here. */
    CompletionStage<@Nullable Void> forgotten(DeviceKey device);
}
