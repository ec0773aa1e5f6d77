package org.homeward.kit.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Lets a person paste a device id into a URL as it is. The id {@code 02A7C3-HG%2D2400-1} has a percent sign of its own,
 * which a URL by the book writes as {@code %25}; pasted as it is, HTTP servers make {@code %2D} a hyphen like the others
 * before anybody can see the difference. So a path below {@code /api/devices/}, or those of self-care, without any
 * {@code %25} has its percent signs written by the book first.
 */
@ApplicationScoped
class PastedDeviceIds {

    private static final String DEVICES = "/api/devices/";
    private static final String OWN_DEVICES = "/api/self-care/devices/";
    private static final Pattern ESCAPED = Pattern.compile("%(?=[0-9A-Fa-f]{2})");
    /** Before routing and authentication, which see the normalised path. */
    private static final int FIRST = 900;

    void register(@Observes Filters filters) {
        filters.register(PastedDeviceIds::writeByTheBook, FIRST);
    }

    private static void writeByTheBook(RoutingContext exchange) {
        String uri = exchange.request().uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        boolean ofDevice = path.startsWith(DEVICES) || path.startsWith(OWN_DEVICES);
        if (ofDevice && path.indexOf('%') >= 0 && !path.contains("%25")) {
            exchange.reroute(ESCAPED.matcher(path).replaceAll("%25") + (query < 0 ? "" : uri.substring(query)));
        } else {
            exchange.next();
        }
    }
}
