package org.homeward.registry.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.Message;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.InformEvent;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.SessionClosed;

/** What a gateway tells of a CPE: the events of its sessions, one millisecond after another. */
public final class Cpe {

    public final DeviceKey key;
    private final DeviceIdentity identity;
    private Instant clock;
    private SessionId session = new SessionId("none");
    private int sequence;
    private String address = "192.0.2.17";
    private Authentication.Credential credential = Authentication.Credential.NONE;

    public Cpe(String serial, Instant clock) {
        this("default", serial, clock);
    }

    public Cpe(String tenant, String serial, Instant clock) {
        this.clock = clock;
        identity = new DeviceIdentity("Homeward Labs", "00AABB", "Box", serial);
        key = new DeviceKey(new TenantId(tenant), new DeviceId("00AABB", "Box", serial));
    }

    public String id() {
        return key.device().toString();
    }

    /** Its path in REST, where the percent signs of its id are encoded once more. */
    public String path() {
        return "/api/devices/" + id().replace("%", "%25");
    }

    public SessionId session() {
        return session;
    }

    public Instant now() {
        return clock;
    }

    public Cpe at(Instant time) {
        clock = time;
        return this;
    }

    public Cpe from(String newAddress) {
        address = newAddress;
        return this;
    }

    public Cpe proving(Authentication.Credential newCredential) {
        credential = newCredential;
        return this;
    }

    /** Puts something into the envelope of the next moment. */
    public <T extends Message> Event<T> event(T data) {
        clock = clock.plusMillis(1);
        return new Event<>(UUID.randomUUID().toString(), clock, "/cwmp-gateway/test", key, data);
    }

    public Event<InformReceived> inform(String eventCode, ParameterValue... parameters) {
        session = new SessionId(UUID.randomUUID().toString());
        sequence = 0;
        return event(new InformReceived(
                session,
                "gw",
                0,
                clock.plusSeconds(5),
                identity,
                List.of(new InformEvent(eventCode, "")),
                List.of(parameters),
                "",
                0,
                "urn:dslforum-org:cwmp-1-2",
                address,
                new Authentication(Authentication.Scheme.NONE, "", credential)));
    }

    public Event<RpcCompleted> values(ParameterValue... values) {
        return completed("GetParameterValues", null, new RpcResult.Values(List.of(values)), 1, 1);
    }

    public Event<RpcCompleted> names(String... paths) {
        return completed("GetParameterNames", null, names(Arrays.asList(paths)), 1, 1);
    }

    /** An answer in two parts. */
    public List<Event<RpcCompleted>> namesInParts(String... paths) {
        int half = paths.length / 2;
        List<Event<RpcCompleted>> parts = new ArrayList<>();
        sequence++;
        parts.add(part(names(Arrays.asList(paths).subList(0, half)), 1));
        parts.add(part(names(Arrays.asList(paths).subList(half, paths.length)), 2));
        return parts;
    }

    private Event<RpcCompleted> part(RpcResult result, int part) {
        return event(new RpcCompleted(
                session,
                new PlanId("plan"),
                new CommandId("command"),
                sequence,
                "GetParameterNames",
                null,
                result,
                part,
                2,
                false,
                false,
                1));
    }

    private static RpcResult names(List<String> paths) {
        return new RpcResult.Names(
                paths.stream().map(path -> new ParameterInfo(path, true)).toList());
    }

    public Event<RpcCompleted> set(ParameterValue... values) {
        return completed(
                "SetParameterValues",
                new Rpc.SetParameterValues(List.of(values), "key"),
                new RpcResult.Applied(0),
                1,
                1);
    }

    public Event<RpcCompleted> completed(
            String method, @org.jspecify.annotations.Nullable Rpc request, RpcResult result, int part, int parts) {
        return event(new RpcCompleted(
                session,
                new PlanId("plan"),
                new CommandId("command"),
                ++sequence,
                method,
                request,
                result,
                part,
                parts,
                true,
                true,
                1));
    }

    public Event<SessionClosed> closed() {
        return event(new SessionClosed(session, SessionClosed.Reason.COMPLETED, clock.minusMillis(1), sequence, 0, ""));
    }

    public static ParameterValue value(String path, String value) {
        return new ParameterValue(path, value, ValueType.STRING);
    }

    public static ParameterValue secret(String path) {
        return new ParameterValue(path, "v1." + UUID.randomUUID(), ValueType.STRING, true);
    }
}
