package org.homeward.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import org.homeward.simulator.model.DeviceModel;
import org.jspecify.annotations.Nullable;

/** URLs that an ACS gives a CPE: the ACS's own, and those of files. */
final class Urls {
    private Urls() {}

    /** ManagementServer.URL; null when it is none. */
    static @Nullable URI acs(DeviceModel model) {
        return parse(model.under("ManagementServer.URL"));
    }

    /** A URL that names a host; null when the text is none. */
    static @Nullable URI parse(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() == null || uri.getScheme() == null ? null : uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
