package org.homeward.kit.rest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.homeward.contracts.DeviceId;
import org.jspecify.annotations.Nullable;

/** A resource below a device, as the services have them. */
@Path("/api/devices/{id}/sample")
@PermitAll
public class SampleDeviceResource {

    @GET
    public String sample(@Encoded @PathParam("id") DeviceId id, @QueryParam("x") @Nullable String x) {
        return id + " " + x;
    }
}
