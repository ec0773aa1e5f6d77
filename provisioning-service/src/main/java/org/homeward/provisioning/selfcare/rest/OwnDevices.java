package org.homeward.provisioning.selfcare.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.kit.security.Roles;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.profile.rest.RegistryReports;
import org.homeward.provisioning.selfcare.Allowance;
import org.homeward.provisioning.selfcare.Owner;
import org.homeward.provisioning.selfcare.store.PersonalDesk.Doing;
import org.jboss.logging.Logger;

/**
 * Lets subscribers to their own devices, and those who help them to all of the tenant; not too often. Another's device is
 * not there, and its timeline tells who asked.
 */
@ApplicationScoped
public class OwnDevices {

    private static final Logger LOG = Logger.getLogger(OwnDevices.class);

    private final LedgerRows ledgers;
    private final RegistryReports registry;
    private final ProvisioningOutbox voice;
    private final Caller caller;
    private final Allowance calls;
    private final Allowance changes;

    public OwnDevices(
            LedgerRows ledgers,
            RegistryReports registry,
            ProvisioningOutbox voice,
            Caller caller,
            ProvisioningConfig config) {
        this.ledgers = ledgers;
        this.registry = registry;
        this.voice = voice;
        this.caller = caller;
        this.calls = new Allowance(config.selfCare().callsPerMinute());
        this.changes = new Allowance(config.selfCare().changesPerMinute());
    }

    /**
     * A device that the caller may see and change.
     *
     * @param onBehalf whether the caller is somebody else than the subscriber
     */
    record Access(DeviceKey device, Owner owner, DeviceLedger ledger, String by, boolean onBehalf) {

        Doing doing(String what) {
            return new Doing(owner, by, onBehalf, what);
        }

        /** As orders and timelines say it. */
        String createdBy() {
            return onBehalf ? by + " for subscriber " + owner.subscriber() : by;
        }

        String path() {
            return "/api/self-care/devices/" + device.device().toString().replace("%", "%25");
        }
    }

    Access toSee(DeviceId id) throws SQLException {
        Access access = access(id);
        take(calls, access);
        return access;
    }

    Access toChange(DeviceId id) throws SQLException {
        Access access = toSee(id);
        take(changes, access);
        return access;
    }

    private Access access(DeviceId id) throws SQLException {
        DeviceKey device = new DeviceKey(caller.tenant(), id);
        Optional<DeviceLedger> ledger =
                Optional.ofNullable(ledgers.load(List.of(device)).get(device)).map(StoredLedger::ledger);
        boolean onBehalf = caller.has(Roles.ADMIN) || caller.has(Roles.OPERATOR) || caller.has(Roles.SUPPORT);
        if (!onBehalf && !ledger.map(this::isOwn).orElse(false)) {
            ledger.ifPresent(existing -> {
                LOG.infof("%s: denied to subscriber %s, whose it is not", device, caller.subscriber());
                registry.noteDenied(id, caller.token());
            });
            throw Problem.notFound("device", id).exception();
        }
        DeviceLedger found =
                ledger.orElseThrow(() -> Problem.notFound("device", id).exception());
        Owner owner = Owner.of(device, found.about().subscriberId())
                .orElseThrow(() ->
                        Problem.conflict("The device belongs to no subscriber.").exception());
        return new Access(device, owner, found, caller.name(), onBehalf);
    }

    private boolean isOwn(DeviceLedger ledger) {
        return caller.has(Roles.SUBSCRIBER)
                && caller.subscriber().equals(ledger.about().subscriberId());
    }

    private void take(Allowance allowance, Access access) {
        if (access.onBehalf()) {
            return;
        }
        allowance.take(access.owner(), voice.clock().instant()).ifPresent(wait -> {
            throw tooMany(wait);
        });
    }

    private static WebApplicationException tooMany(Duration wait) {
        return new WebApplicationException(
                "So many calls are not taken; try again in " + wait.toSeconds() + " s.",
                Response.status(429)
                        .header(HttpHeaders.RETRY_AFTER, wait.toSeconds())
                        .build());
    }
}
