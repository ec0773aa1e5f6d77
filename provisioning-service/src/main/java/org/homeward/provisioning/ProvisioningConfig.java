package org.homeward.provisioning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.homeward.provisioning.plan.PlanPolicy;

/** What operators set of this service. */
@ConfigMapping(prefix = "homeward.provisioning")
public interface ProvisioningConfig {

    /** Whether this process plans for devices. One that does not still takes orders and answers REST. */
    @WithDefault("true")
    boolean brain();

    /** Whether a device that came with factory credentials gets its own at first contact. */
    @WithDefault("true")
    boolean rotateCredentials();

    /** What PeriodicInformInterval is set to at first contact. */
    @WithDefault("1h")
    Duration periodicInformInterval();

    /** A session unheard of for so long has ended, even if its gateway could not say so. */
    @WithDefault("120s")
    Duration sessionSilence();

    /** Ledgers held in memory; those used least are read again from the database. */
    @Min(0)
    @WithDefault("50000")
    int cachedLedgers();

    /** How often timers are looked at. */
    @WithDefault("250ms")
    Duration timerInterval();

    /** How often what was kept long enough is looked for. */
    @WithDefault("10m")
    Duration sweepInterval();

    Orders orders();

    WakeUps wakeUps();

    ReachConfig reach();

    Profiles profiles();

    SelfCare selfCare();

    /** Of self-care by subscribers. */
    interface SelfCare {

        /** How long a change waits for its result where the caller does not say. */
        @WithDefault("5s")
        Duration answerWithin();

        /** Calls that a subscriber may make in a minute, at one instance. */
        @Min(1)
        @WithDefault("120")
        int callsPerMinute();

        /** Of these, calls that change something or let a device work. */
        @Min(1)
        @WithDefault("20")
        int changesPerMinute();

        /** What a speed test fetches; without, subscribers can't test that. */
        Optional<URI> downloadUrl();

        /** Where a speed test sends to; without, subscribers can't test that. */
        Optional<URI> uploadUrl();

        /** What a ping goes to where the caller does not say. */
        @WithDefault("192.0.2.1")
        String pingHost();

        /** How long it is kept who did what. */
        @WithDefault("180d")
        Duration logRetention();
    }

    Channels channels();

    /** Of channel plans. */
    interface Channels {

        /** Most devices that are scanned, or changed, at once for a plan: both disturb the Wi-Fi of a home. */
        @Min(1)
        @WithDefault("20")
        int atOnce();

        /** How long one that does not call keeps others from their turn. It is still scanned when it calls. */
        @WithDefault("1m")
        Duration hold();

        /** Most devices of a plan. */
        @Min(1)
        @WithDefault("2000")
        int devicesPerPlan();

        /** How long devices are waited for, unless a plan says otherwise. */
        @WithDefault("1h")
        Duration expiresIn();

        /** How long proposals may be applied. */
        @WithDefault("24h")
        Duration holdsFor();

        /** By whose rules, where neither a plan nor the device says; without, what is allowed nearly everywhere. */
        Optional<String> country();

        /** How often it is looked whether a plan is to be carried on. */
        @WithDefault("500ms")
        Duration interval();
    }

    /** Of profiles. */
    interface Profiles {

        /** How often it is looked whether others have become active. */
        @WithDefault("1s")
        Duration refresh();

        /** Where the registry's REST is, so that dry runs know what devices reported; without, they know less. */
        Optional<URI> registryUrl();
    }

    /** Of orders. */
    interface Orders {

        /** How long an order may wait unless it says otherwise. */
        @WithDefault("24h")
        Duration expiresIn();

        /** Most orders that may wait for one device. */
        @Min(1)
        @WithDefault("100")
        int perDevice();

        /** How often an order is tried when the CPE answers with passing faults. */
        @Min(1)
        @WithDefault("5")
        int attempts();

        /** Wait after the first passing fault; doubled each time. */
        @WithDefault("10s")
        Duration retryAfter();

        /** Longest wait between attempts. */
        @WithDefault("10m")
        Duration retryAtMost();

        /** How long a reboot or factory reset may take until the CPE is back. */
        @WithDefault("10m")
        Duration rebootWithin();

        /** How long a transfer may take until its TransferComplete. */
        @WithDefault("1h")
        Duration transferWithin();

        /** How long a diagnostic may take until the CPE says that it is done. */
        @WithDefault("10m")
        Duration diagnosticsWithin();

        /** How long an order is kept after its end. */
        @WithDefault("30d")
        Duration retention();

        /** Longest that a REST call waits for an order's end. */
        @WithDefault("60s")
        Duration longestWait();
    }

    /** Of connection requests. */
    interface WakeUps {

        /** How long an effort goes on: no connection request of it leaves later, and connectors give up by then. */
        @WithDefault("10s")
        Duration deadline();

        /** How long after an accepted connection request the session may begin (TR-069 3.2.2). */
        @WithDefault("30s")
        Duration sessionWithin();

        /**
         * How long after a connection request the next way to the device is taken, while nobody knows how that one went. One
         * that failed is followed at once.
         */
        @WithDefault("1s")
        Duration nextWayAfter();

        /** How long after an accepted connection request the next way is taken, while the device does not call. */
        @WithDefault("3s")
        Duration nextAfterAcceptance();

        /** Wait after the first effort that came to nothing; doubled each time. */
        @WithDefault("1s")
        Duration retryAfter();

        /** Longest wait between efforts. */
        @WithDefault("30m")
        Duration retryAtMost();

        /**
         * How many devices a second are called that no order waits for, because what they should be has changed or their
         * first session was cut short; of each instance.
         */
        @WithDefault("50")
        @Min(1)
        int unaskedPerSecond();
    }

    /** All of this as the core takes it. */
    default PlanPolicy policy() {
        return new PlanPolicy(
                sessionSilence(),
                20,
                32,
                128 * 1024,
                orders().perDevice(),
                orders().attempts(),
                8,
                orders().retryAfter(),
                orders().retryAtMost(),
                wakeUps().retryAfter(),
                wakeUps().retryAtMost(),
                wakeUps().deadline(),
                wakeUps().sessionWithin(),
                wakeUps().nextWayAfter(),
                wakeUps().nextAfterAcceptance(),
                orders().rebootWithin(),
                orders().transferWithin(),
                orders().diagnosticsWithin(),
                Duration.ofHours(24),
                periodicInformInterval(),
                rotateCredentials(),
                reach().ways());
    }
}
