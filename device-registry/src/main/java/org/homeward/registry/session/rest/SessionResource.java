package org.homeward.registry.session.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.homeward.kit.rest.Limit;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Roles;
import org.homeward.registry.inventory.rest.Visible;
import org.homeward.registry.session.SessionNote;
import org.homeward.registry.session.TranscriptStore;
import org.homeward.registry.session.store.SessionSearch;
import org.jspecify.annotations.Nullable;

/** The CWMP sessions of a device. */
@Path("/api/devices/{id}/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.SUPPORT, Roles.FIELD, Roles.AUDITOR, Roles.SUBSCRIBER})
@RunOnVirtualThread
public class SessionResource {

    private final SessionSearch sessions;
    private final TranscriptStore transcripts;
    private final Visible visible;

    @Inject
    public SessionResource(SessionSearch sessions, TranscriptStore transcripts, Visible visible) {
        this.sessions = sessions;
        this.transcripts = transcripts;
        this.visible = visible;
    }

    /**
     * A session in a list.
     *
     * @param outcome {@code open} while it runs, then why it ended
     * @param rpcs how many RPCs the ACS sent
     * @param faults how many of them a fault answered
     */
    public record SessionView(
            SessionId id,
            Instant startedAt,
            @Nullable Instant endedAt,
            List<String> events,
            String outcome,
            int rpcs,
            int faults,
            String detail,
            boolean hasTranscript) {

        static SessionView of(SessionNote session) {
            List<String> events = session.events();
            return new SessionView(
                    session.session(),
                    session.startedAt(),
                    session.endedAt(),
                    events == null ? List.of() : events,
                    session.outcome(),
                    session.rpcs(),
                    session.faults(),
                    session.detail(),
                    session.transcriptParts() > 0);
        }
    }

    /** A session with what was said in it. */
    public record FullSession(
            SessionId id,
            Instant startedAt,
            @Nullable Instant endedAt,
            List<String> events,
            String outcome,
            int rpcs,
            int faults,
            String detail,
            List<MessageView> messages) {}

    /** @param direction {@code cpeToAcs} or {@code acsToCpe} */
    public record MessageView(Instant at, String direction, String method, String xml) {
        static MessageView of(Line line) {
            String direction = switch (line.direction()) {
                case CPE_TO_ACS -> "cpeToAcs";
                case ACS_TO_CPE -> "acsToCpe";
            };
            return new MessageView(line.at(), direction, line.method(), line.xml());
        }
    }

    @GET
    @Operation(summary = "Sessions of a device, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of sessions",
            content = @Content(examples = @ExampleObject(name = "page", value = """
                                    {"items": [{"id": "1f0c", "startedAt": "2026-01-31T08:00:00Z",
                                      "endedAt": "2026-01-31T08:00:01Z", "events": ["2 PERIODIC"],
                                      "outcome": "completed", "rpcs": 0, "faults": 0, "detail": "",
                                      "hasTranscript": false}], "next": null}
                                    """)))
    public Page<SessionView> list(
            @Encoded @PathParam("id") DeviceId id,
            @Parameter(description = "1 to 500") @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        visible.require(id);
        return sessions.list(visible.key(id), Limit.parse(limit).value(), cursor)
                .map(SessionView::of);
    }

    @GET
    @Path("/{sessionId}")
    @Operation(
            summary = "One session with its full transcript",
            description =
                    "Secrets are masked. A session that did nothing and went well has no messages, unless the device is under trace.")
    @APIResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(examples = @ExampleObject(name = "session", value = """
                                    {"id": "1f0c", "startedAt": "2026-01-31T08:00:00Z",
                                     "endedAt": "2026-01-31T08:00:01Z", "events": ["6 CONNECTION REQUEST"],
                                     "outcome": "completed", "rpcs": 1, "faults": 0, "detail": "",
                                     "messages": [{"at": "2026-01-31T08:00:00Z", "direction": "cpeToAcs",
                                       "method": "Inform", "xml": "<SOAP-ENV:Envelope ..."}]}
                                    """)))
    @APIResponse(responseCode = "404", description = "There is no such session of this device")
    public FullSession get(@Encoded @PathParam("id") DeviceId id, @PathParam("sessionId") SessionId sessionId)
            throws SQLException {
        visible.require(id);
        DeviceKey device = visible.key(id);
        SessionNote session = sessions.find(device, sessionId)
                .orElseThrow(() -> Problem.notFound("session", sessionId).exception());
        SessionView view = SessionView.of(session);
        return new FullSession(
                view.id(),
                view.startedAt(),
                view.endedAt(),
                view.events(),
                view.outcome(),
                view.rpcs(),
                view.faults(),
                view.detail(),
                transcripts.lines(device, sessionId, session.transcriptParts()).stream()
                        .map(MessageView::of)
                        .toList());
    }
}
