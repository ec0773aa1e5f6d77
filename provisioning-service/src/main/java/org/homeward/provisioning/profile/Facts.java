package org.homeward.provisioning.profile;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.security.FieldCipher;

/**
 * All that conditions and expressions may ask about a device.
 *
 * @param subscriber attributes of the subscriber, {@code id} among them; empty where there is none
 * @param services attributes of the subscriber's services, by service; values are text, whole numbers or booleans, and
 *     sealed text for secrets
 * @param reported what the device says of the parameters that profiles name
 * @param events codes of the Inform that began the session
 */
public record Facts(
        DeviceKey key,
        String manufacturer,
        String root,
        String softwareVersion,
        String hardwareVersion,
        Set<String> tags,
        Map<String, Object> subscriber,
        Map<String, Map<String, Object>> services,
        Map<String, String> reported,
        List<String> events,
        Instant now) {

    /** Whether the text is a secret of the subscriber or of a service, and nothing besides. */
    boolean isSecret(String text) {
        return FieldCipher.isSealed(text) && anySecret(List.of(subscriber, services), text::equals);
    }

    /** Whether the text contains one. */
    boolean holdsSecret(String text) {
        return text.contains("v1.") && anySecret(List.of(subscriber, services), text::contains);
    }

    private static boolean anySecret(Object in, Predicate<String> wanted) {
        return switch (in) {
            case Map<?, ?> map -> map.values().stream().anyMatch(value -> anySecret(value, wanted));
            case Collection<?> list -> list.stream().anyMatch(value -> anySecret(value, wanted));
            case String text -> FieldCipher.isSealed(text) && wanted.test(text);
            default -> false;
        };
    }

    /** By which it is known what names mean on the device. */
    public Vocabulary.Model model() {
        return new Vocabulary.Model(manufacturer, key.device().productClass(), softwareVersion, root);
    }

    /** By the names that {@link Expressions} declares. */
    Map<String, Object> byName() {
        Map<String, Object> facts = new HashMap<>(32);
        facts.put("device.id", key.device().toString());
        facts.put("device.oui", key.device().oui());
        facts.put("device.productClass", key.device().productClass());
        facts.put("device.serialNumber", key.device().serialNumber());
        facts.put("device.manufacturer", manufacturer);
        facts.put("device.root", root);
        facts.put("device.softwareVersion", softwareVersion);
        facts.put("device.hardwareVersion", hardwareVersion);
        facts.put("device.tags", List.copyOf(tags));
        facts.put("tenant", key.tenant().value());
        facts.put("subscriber", subscriber);
        facts.put("services", services);
        facts.put("reported", reported);
        facts.put("events", events);
        facts.put("now", now);
        return facts;
    }
}
