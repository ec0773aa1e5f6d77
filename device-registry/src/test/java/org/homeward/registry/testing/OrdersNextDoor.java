package org.homeward.registry.testing;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.homeward.contracts.DeviceId;

/** Another service of the same process that has a path below our devices. */
@Path("/api/devices/{id}/orders")
public class OrdersNextDoor {

    @GET
    public String orders(@PathParam("id") DeviceId id) {
        return "orders of " + id;
    }
}
