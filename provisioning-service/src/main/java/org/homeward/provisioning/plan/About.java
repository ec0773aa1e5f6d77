package org.homeward.provisioning.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.device.DeviceFacts.Service;
import org.homeward.contracts.device.DeviceFacts.Subscriber;
import org.homeward.contracts.device.SecretAttribute;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.provisioning.profile.BoundSecret;
import org.jspecify.annotations.Nullable;

/**
 * What profiles may ask about a device besides what it reports: who made it, what it is called in the inventory, whose
 * it is and what they bought. Outlives a factory reset. Empty texts: never said.
 *
 * @param since when it was first heard that the device is this subscriber's; null where that is not known
 * @param told whether the registry has ever told of the device
 */
public record About(
        String manufacturer,
        String hardwareVersion,
        Set<String> tags,
        @Nullable String subscriberId,
        @Nullable Subscriber subscriber,
        List<Service> services,
        @Nullable Instant since,
        boolean told) {

    public static final About NOTHING = new About("", "", Set.of(), null, null, List.of(), null, false);

    @SuppressWarnings("ConstantValue") // what was written before these were kept lacks them
    public About {
        tags = Set.copyOf(tags);
        services = services == null ? List.of() : List.copyOf(services);
    }

    /** Once the device has called. */
    About after(InformReceived inform, String root) {
        String hardware = hardwareVersion;
        for (ParameterValue parameter : inform.parameters()) {
            if (parameter.path().equals(root + "DeviceInfo.HardwareVersion")) {
                hardware = parameter.value();
            }
        }
        String maker = inform.device().manufacturer();
        return maker.equals(manufacturer) && hardware.equals(hardwareVersion)
                ? this
                : new About(maker, hardware, tags, subscriberId, subscriber, services, since, told);
    }

    /** Once the registry has told. */
    About after(DeviceFacts facts, Instant now) {
        boolean sameOwner = Objects.equals(subscriberId, facts.subscriberId());
        String maker = facts.device().manufacturer();
        return new About(
                maker.isEmpty() ? manufacturer : maker,
                facts.hardwareVersion().isEmpty() ? hardwareVersion : facts.hardwareVersion(),
                facts.tags(),
                facts.subscriberId(),
                facts.subscriber(),
                facts.services(),
                sameOwner ? since : now.truncatedTo(ChronoUnit.SECONDS),
                true);
    }

    /** The subscriber's attributes as profiles name them, {@code id} among them; empty where there is none. */
    Map<String, Object> ofSubscriber(TenantId tenant) {
        if (subscriber == null) {
            return subscriberId == null ? Map.of() : Map.of("id", subscriberId);
        }
        Map<String, Object> all = named(tenant, "", subscriber.attributes(), subscriber.secrets());
        all.put("id", subscriber.id());
        return all;
    }

    /** The services' attributes, by type and by id; of several of a type the one whose id comes first. */
    Map<String, Map<String, Object>> ofServices(TenantId tenant) {
        if (services.isEmpty()) {
            return Map.of();
        }
        Map<String, Map<String, Object>> all = new HashMap<>();
        Map<String, Map<String, Object>> byType = new HashMap<>();
        for (Service service :
                services.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList()) {
            Map<String, Object> attributes = named(tenant, service.id(), service.attributes(), service.secrets());
            attributes.put("id", service.id());
            attributes.put("type", service.type());
            all.put(service.id(), attributes);
            byType.putIfAbsent(service.type(), attributes);
        }
        all.putAll(byType);
        return all;
    }

    private Map<String, Object> named(
            TenantId tenant, String service, Map<String, Object> attributes, Map<String, String> secrets) {
        Map<String, Object> all = copy(attributes);
        String owner = subscriber == null ? "" : subscriber.id();
        secrets.forEach((path, secret) -> put(
                all,
                path,
                new BoundSecret(secret, new SecretAttribute(tenant, owner, service, path).context()).text()));
        return all;
    }

    private static void put(Map<String, Object> in, String path, String text) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            in.put(path, text);
            return;
        }
        Map<String, Object> inner =
                in.get(path.substring(0, dot)) instanceof Map<?, ?> there ? copy(there) : new HashMap<>();
        put(inner, path.substring(dot + 1), text);
        in.put(path.substring(0, dot), inner);
    }

    /** Whole numbers as expressions know them. */
    private static Map<String, Object> copy(Map<?, ?> attributes) {
        Map<String, Object> all = new HashMap<>();
        attributes.forEach((name, value) -> all.put(String.valueOf(name), known(value)));
        return all;
    }

    private static Object known(Object value) {
        return switch (value) {
            case Integer whole -> whole.longValue();
            case Map<?, ?> inner -> copy(inner);
            case List<?> list -> list.stream().map(About::known).toList();
            default -> value;
        };
    }
}
