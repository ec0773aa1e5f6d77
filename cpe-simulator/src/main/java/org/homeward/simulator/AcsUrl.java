package org.homeward.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import org.homeward.simulator.model.DeviceModel;
import org.jspecify.annotations.Nullable;

/** Where a CPE calls home to. */
final class AcsUrl {
    private AcsUrl() {}

    /** ManagementServer.URL; null when it is none. */
    static @Nullable URI of(DeviceModel model) {
        try {
            URI uri = new URI(model.under("ManagementServer.URL"));
            return uri.getHost() == null ? null : uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
