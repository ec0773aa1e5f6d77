package org.homeward.provisioning.order.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is told of an attempt to make a device call; kept as JSON with the order, and shown as it is. */
@Schema(name = "Attempt")
record AttemptView(
        @Schema(description = "When it left") Instant at,

        @Schema(enumeration = {"http", "stun", "xmpp"}) @Nullable
        String transport,

        @Schema(description = "Where it went: host and port, or a JID") @Nullable
        String address,

        @Schema(description = "How long it took until this outcome")
        long millis,

        @Schema(
                enumeration = {"connected", "delivered", "refused", "unreachable", "silent", "no-address"},
                description = "delivered: the device took it, or by STUN that it was sent; connected: the session that"
                        + " began because of it; silent: delivered, and no session followed")
        String outcome,

        @Schema(description = "What happened, for people") @Nullable
        String cause,

        @Schema(description = "What to do next, for people") @Nullable
        String next) {}
