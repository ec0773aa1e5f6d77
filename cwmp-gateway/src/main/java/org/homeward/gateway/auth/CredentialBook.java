package org.homeward.gateway.auth;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.Authentication.Credential;
import org.homeward.contracts.session.Authentication.Scheme;
import org.homeward.kit.security.FieldCipher;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that this gateway knows: those derived from the fleet secret, those that operators registered for
 * single devices (followed from Kafka and kept in memory, sealed), and the one that fresh boxes share.
 */
public final class CredentialBook implements Credentials {

    private static final Logger LOG = Logger.getLogger(CredentialBook.class);

    private final Function<DeviceKey, String> derived;
    private final UnaryOperator<String> opener;
    private final @Nullable Factory factory;
    private final Map<DeviceKey, DeviceCredentials> byDevice = new ConcurrentHashMap<>();
    private final Map<Name, DeviceKey> byName = new ConcurrentHashMap<>();
    private final Set<DeviceKey> unreadable = ConcurrentHashMap.newKeySet();
    private final Counter unreadables;
    private volatile boolean complete;

    /** The credentials of fresh boxes; good until a device has its own. */
    public record Factory(String username, String password) {
        @Override
        public String toString() {
            return "Factory[" + username + "]";
        }
    }

    private record Name(TenantId tenant, String username) {}

    /**
     * @param derived the password that the fleet secret gives a device
     * @param opener makes the clear text of a sealed password
     * @param factory null where there are none
     */
    public CredentialBook(
            Function<DeviceKey, String> derived,
            UnaryOperator<String> opener,
            @Nullable Factory factory,
            MeterRegistry meters) {
        this.derived = derived;
        this.opener = opener;
        this.factory = factory;
        this.unreadables = meters.counter("homeward.cwmp.credentials.unreadable");
    }

    /** All that was registered before is known now. */
    public void complete() {
        complete = true;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /** Whether an operator registered credentials for this device. */
    public boolean has(DeviceKey device) {
        return byDevice.containsKey(device);
    }

    /** An operator registered credentials for a device. */
    public void registered(DeviceKey device, DeviceCredentials credentials) {
        withdrawn(device);
        byDevice.put(device, credentials);
        byName.put(new Name(device.tenant(), credentials.username()), device);
    }

    /** A device has none of its own any more. */
    public void withdrawn(DeviceKey device) {
        DeviceCredentials before = byDevice.remove(device);
        if (before != null) {
            byName.remove(new Name(device.tenant(), before.username()), device);
            unreadable.remove(device);
        }
    }

    @Override
    public List<Candidate> of(TenantId tenant, String username) {
        List<Candidate> candidates = new ArrayList<>(2);
        DeviceKey owner = byName.get(new Name(tenant, username));
        DeviceCredentials own = owner == null ? null : byDevice.get(owner);
        String password = own == null || owner == null ? null : open(owner, own);
        if (password != null) {
            candidates.add(candidate(username, Credential.EXPLICIT, owner, password));
        }
        DeviceKey named = deviceNamed(tenant, username);
        if (named != null) {
            candidates.add(candidate(username, Credential.DERIVED, named, derived.apply(named)));
        }
        if (factory != null && factory.username().equals(username)) {
            candidates.add(candidate(username, Credential.FACTORY, null, factory.password()));
        }
        return candidates;
    }

    /** Null where it was sealed with a key that we don't have: then nobody can know it. */
    private @Nullable String open(DeviceKey owner, DeviceCredentials own) {
        try {
            return opener.apply(own.sealedPassword());
        } catch (FieldCipher.UnreadableSecret e) {
            unreadables.increment();
            if (unreadable.add(owner)) {
                LOG.errorf("the registered password of %s can't be opened: %s", owner, e.getMessage());
            }
            return null;
        }
    }

    private static @Nullable DeviceKey deviceNamed(TenantId tenant, String username) {
        try {
            return new DeviceKey(tenant, DeviceId.parse(username));
        } catch (IllegalArgumentException e) {
            // a name of some other shape: not one of ours
            return null;
        }
    }

    private static Candidate candidate(
            String username, Credential credential, @Nullable DeviceKey device, String password) {
        // how it was proven is known only once it is: the scheme is put in by who checks it
        return new Candidate(new Principal(new Authentication(Scheme.NONE, username, credential), device), password);
    }
}
