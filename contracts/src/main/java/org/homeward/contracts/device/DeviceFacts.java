package org.homeward.contracts.device;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.Message;
import org.homeward.contracts.session.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The small set of facts about a device that others decide by; the latest is kept, a tombstone says that the device
 * is gone.
 *
 * @param root {@code Device.} or {@code InternetGatewayDevice.}; empty before first contact
 * @param subscriberId whose device it is; the id of {@code subscriber} where that is there
 * @param trace whether full transcripts of all its sessions are wanted
 * @param ownCredentials whether the device has ever proven credentials of its own (derived or registered), so that the
 *     ones that fresh boxes share are good for it no longer
 * @param subscriber what is known of whose device it is; null when it is nobody's
 * @param services what the subscriber bought, by id; empty when the device is nobody's
 */
public record DeviceFacts(
        DeviceIdentity device,
        String root,
        String softwareVersion,
        String hardwareVersion,
        String connectionRequestUrl,
        Set<String> tags,
        @Nullable String subscriberId,
        boolean trace,
        boolean ownCredentials,
        @Nullable Subscriber subscriber,
        List<Service> services)
        implements Message {
    public DeviceFacts {
        tags = Set.copyOf(tags);
        services = List.copyOf(services);
    }

    /**
     * Who has the device.
     *
     * @param id the operator's own, unique in the tenant
     * @param attributes JSON-shaped: texts, numbers, booleans, and lists and objects of these; secrets are left out
     * @param secrets the attributes that are secret, sealed: by their path, such as {@code portal.password}. Bound to
     *     {@link SecretAttribute}, and the same text until the secret changes
     */
    public record Subscriber(String id, Map<String, Object> attributes, Map<String, String> secrets) {
        public Subscriber {
            attributes = Map.copyOf(attributes);
            secrets = Map.copyOf(secrets);
        }
    }

    /**
     * An instance of a service that the subscriber bought.
     *
     * @param id unique among the subscriber's
     * @param type such as {@code internet}, {@code voip}, {@code wifi}, {@code iptv}
     * @param attributes as the subscriber's: {@code username}, {@code vlan}
     * @param secrets as the subscriber's: {@code password}
     */
    public record Service(String id, String type, Map<String, Object> attributes, Map<String, String> secrets) {
        public Service {
            attributes = Map.copyOf(attributes);
            secrets = Map.copyOf(secrets);
        }
    }
}
