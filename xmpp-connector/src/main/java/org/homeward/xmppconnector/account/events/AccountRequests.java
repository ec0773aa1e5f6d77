package org.homeward.xmppconnector.account.events;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.wakeup.XmppWakeUp.OpenXmppAccount;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.BatchHandler;
import org.homeward.xmppconnector.account.Accounts;
import org.homeward.xmppconnector.account.Opening;
import org.homeward.xmppconnector.account.Opening.Opened;
import org.homeward.xmppconnector.account.Opening.Refused;
import org.homeward.xmppconnector.account.Opening.Stumbled;
import org.homeward.xmppconnector.account.Opening.Unavailable;
import org.jboss.logging.Logger;

/**
 * Opens the accounts of a poll, several at a time, and returns when all are: only then do places advance. While the
 * server cannot be asked the batch is tried again. One that is refused, or that the server stumbles over again and
 * again, goes to the dead letters and holds nobody else up.
 *
 * <p>A consumer of its own reads for it, so that no connection request waits behind an account.
 */
public final class AccountRequests implements BatchHandler {

    private static final Logger LOG = Logger.getLogger(AccountRequests.class);
    private static final int AT_A_TIME = 8;
    private static final int MOST_STUMBLES = 3;

    /** The accounts of a batch cannot be opened now; they are tried again. */
    public static final class NotNow extends Exception {
        private static final long serialVersionUID = 1;

        NotNow(String why) {
            super(why);
        }
    }

    /** An account that will never be opened. */
    public static final class Hopeless extends Exception {
        private static final long serialVersionUID = 1;

        Hopeless(DeviceKey device, String why) {
            super(device + ": " + why);
        }
    }

    /** Hears which device an account is of, once it is open. */
    @FunctionalInterface
    public interface Hearer {
        void opened(DeviceKey device, String localpart);
    }

    private record Wanted(DeviceKey device, String localpart, String sealedPassword) {}

    private final Accounts accounts;
    private final Function<String, Optional<String>> unsealer;
    private final Hearer hearer;
    private final MeterRegistry meters;
    private final Semaphore slots = new Semaphore(AT_A_TIME);

    /** Of accounts that the server stumbled over; touched by the consumer's thread alone. */
    private final Map<String, Integer> stumbles = new HashMap<>();

    /** @param unsealer opens what another service sealed; empty when it was sealed with a key that we do not have */
    public AccountRequests(
            Accounts accounts, Function<String, Optional<String>> unsealer, Hearer hearer, MeterRegistry meters) {
        this.accounts = accounts;
        this.unsealer = unsealer;
        this.hearer = hearer;
        this.meters = meters;
    }

    @Override
    public void handle(Batch batch) throws InterruptedException, NotNow, Hopeless {
        Map<String, Wanted> latest = new LinkedHashMap<>();
        for (Event<?> event : batch.events()) {
            if (event.data() instanceof OpenXmppAccount(String localpart, String sealedPassword)) {
                latest.put(localpart, new Wanted(event.key(), localpart, sealedPassword));
            }
        }
        Map<Wanted, Future<Opening>> openings = new LinkedHashMap<>();
        for (Wanted each : latest.values()) {
            FutureTask<Opening> task = new FutureTask<>(() -> open(each));
            openings.put(each, task);
            Thread.ofVirtual().name("xmpp-account-" + each.device()).start(task);
        }
        weigh(openings);
    }

    private Opening open(Wanted wanted) throws InterruptedException {
        Optional<String> password = unsealer.apply(wanted.sealedPassword());
        if (password.isEmpty()) {
            return new Refused("its password was sealed with a key that this connector does not have");
        }
        slots.acquire();
        try {
            return accounts.open(wanted.localpart(), password.get());
        } finally {
            slots.release();
        }
    }

    private void weigh(Map<Wanted, Future<Opening>> openings) throws InterruptedException, NotNow, Hopeless {
        List<NotNow> notNow = new ArrayList<>();
        List<Hopeless> hopeless = new ArrayList<>();
        for (Map.Entry<Wanted, Future<Opening>> each : openings.entrySet()) {
            Wanted wanted = each.getKey();
            switch (resultOf(each.getValue())) {
                case Opened opened -> {
                    count("opened");
                    stumbles.remove(wanted.localpart());
                    hearer.opened(wanted.device(), wanted.localpart());
                }
                case Refused(String cause) -> {
                    count("refused");
                    hopeless.add(new Hopeless(wanted.device(), cause));
                }
                case Unavailable(String cause) -> notNow.add(new NotNow(cause));
                case Stumbled(String cause) -> {
                    count("stumbled");
                    if (stumbles.merge(wanted.localpart(), 1, Integer::sum) < MOST_STUMBLES) {
                        notNow.add(new NotNow(cause));
                    } else {
                        hopeless.add(new Hopeless(wanted.device(), cause + ", " + MOST_STUMBLES + " times"));
                    }
                }
            }
        }
        if (!notNow.isEmpty()) {
            throw notNow.getFirst();
        }
        if (!hopeless.isEmpty()) {
            throw hopeless.getFirst();
        }
        if (!openings.isEmpty()) {
            LOG.debugf("%d accounts are open", openings.size());
        }
    }

    private static Opening resultOf(Future<Opening> opening) throws InterruptedException {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("opening an account failed as it never should", e.getCause());
        }
    }

    private void count(String outcome) {
        meters.counter("homeward.xmpp.accounts", "outcome", outcome).increment();
    }
}
