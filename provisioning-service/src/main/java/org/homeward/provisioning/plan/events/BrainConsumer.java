package org.homeward.provisioning.plan.events;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.Topic;
import org.homeward.contracts.order.OrderCommand.SubmitOrder;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.kit.consumer.AssignmentListener;
import org.homeward.kit.consumer.Batch;
import org.homeward.kit.consumer.BatchHandler;
import org.homeward.kit.consumer.Inbox;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.kit.outbox.Outbox;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.order.store.TakenOrders;
import org.homeward.provisioning.plan.Brain;
import org.homeward.provisioning.plan.ConnectionSecrets;
import org.homeward.provisioning.plan.Decision;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.Input;
import org.homeward.provisioning.plan.Pace;
import org.homeward.provisioning.plan.events.LedgerCache.Kept;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.PersonalSettings;
import org.homeward.provisioning.profile.ProfileBook;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.selfcare.Owner;
import org.homeward.provisioning.selfcare.store.PersonalBook;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of each device through the core, a whole poll at a time: ledgers not in memory by one query, all that
 * must not be lost in one transaction with the inbox, plans right after it. A timer is one more input, taken under the
 * same lock, so that each device has one writer.
 */
@ApplicationScoped
public class BrainConsumer implements BatchHandler, AssignmentListener {

    private static final Logger LOG = Logger.getLogger(BrainConsumer.class);
    private static final int TIMERS_AT_ONCE = 500;
    private static final Duration BACKLOG = Duration.ofSeconds(5);

    private final Brain brain;
    private final Neighbours neighbours = new Neighbours();
    private final ProfileBook profiles;
    private final PersonalBook personal;
    private final LedgerRows rows;
    private final TakenOrders taken;
    private final Inbox inbox;
    private final Outbox outbox;
    private final PollTransaction transaction;
    private final EventPublisher publisher;
    private final EventFactory events;
    private final Clock clock;
    private final Counter decisions;
    private final Counter writes;
    private final Counter plansLost;
    private final ReentrantLock lock = new ReentrantLock();
    private final LedgerCache cache;
    private final Set<Integer> owned = new HashSet<>();
    private final QuietTime quiet = new QuietTime(System::nanoTime);

    public BrainConsumer(
            ConnectionSecrets secrets,
            Vocabulary vocabulary,
            ProfileBook profiles,
            PersonalBook personal,
            LedgerRows rows,
            @DataSource("provisioning") AgroalDataSource database,
            ProvisioningOutbox outbox,
            EventPublisher publisher,
            MeterRegistry meters,
            ProvisioningConfig config) {
        this.brain = new Brain(
                config.policy(),
                secrets,
                vocabulary,
                neighbours,
                new Pace(config.wakeUps().unaskedPerSecond()));
        this.profiles = profiles;
        this.personal = personal;
        this.rows = rows;
        this.taken = new TakenOrders(database);
        this.inbox = new Inbox(database);
        this.outbox = outbox.outbox();
        this.transaction = new PollTransaction(database, rows, inbox, this.outbox);
        this.publisher = publisher;
        this.events = outbox.events();
        this.clock = outbox.clock();
        this.cache = new LedgerCache(config.cachedLedgers());
        this.decisions = Counter.builder("homeward.provisioning.decisions")
                .description("Inputs decided on")
                .register(meters);
        this.writes = Counter.builder("homeward.provisioning.ledger.writes")
                .description("Ledgers written")
                .register(meters);
        this.plansLost = Counter.builder("homeward.provisioning.plans.lost")
                .description("Plans that Kafka did not take; their steps are planned again")
                .register(meters);
        meters.gauge("homeward.provisioning.ledgers.cached", cache, LedgerCache::size);
    }

    Inbox inbox() {
        return inbox;
    }

    AssignmentListener listener() {
        return this;
    }

    @Override
    public void handle(Batch batch) throws SQLException {
        decide(Inputs.of(batch), batch);
        Instant now = clock.instant();
        boolean late = batch.events().stream().anyMatch(event -> event.time().isBefore(now.minus(BACKLOG)));
        if (late) {
            // while a backlog is read, what a timer waits for may stand further on in it
            quiet.begin(BACKLOG);
        }
    }

    /** Tells the ledgers whose timer has come that it has. Whether there may be more of them. */
    boolean ring() throws SQLException {
        lock.lock();
        try {
            if (owned.isEmpty() || !quiet.isOver()) {
                return false;
            }
            List<StoredLedger> due = rows.due(owned, clock.instant(), TIMERS_AT_ONCE);
            Map<DeviceKey, Inputs> inputs = new LinkedHashMap<>();
            for (StoredLedger stored : due) {
                DeviceKey device = stored.ledger().key();
                inputs.put(device, new Inputs(stored.partition(), List.of(new Input.TimeCame())));
                if (cache.get(device) == null) {
                    cache.put(device, Kept.of(stored));
                }
            }
            if (!inputs.isEmpty()) {
                decide(inputs, null);
            }
            return due.size() == TIMERS_AT_ONCE;
        } finally {
            lock.unlock();
        }
    }

    private void decide(Map<DeviceKey, Inputs> inputs, @Nullable Batch batch) throws SQLException {
        lock.lock();
        try {
            Instant now = clock.instant();
            Effects effects = new Effects(events, now);
            Map<DeviceKey, Kept> after = fold(inputs, now, effects);
            transaction.commit(effects, batch);
            writes.increment(effects.ledgers.size());
            remember(after);
            carryOut(effects);
        } catch (SQLException | RuntimeException e) {
            // whether it was committed may be unknown; the rows know
            cache.clear();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private Map<DeviceKey, Kept> fold(Map<DeviceKey, Inputs> inputs, Instant now, Effects effects) throws SQLException {
        Map<DeviceKey, Kept> before = entries(inputs);
        Set<OrderId> saidAgain = saidAgain(inputs, before);
        Map<Owner, PersonalSettings> chosen = chosen(inputs, before);
        Map<DeviceKey, Kept> after = new HashMap<>();
        for (Map.Entry<DeviceKey, Inputs> each : inputs.entrySet()) {
            DeviceKey device = each.getKey();
            int partition = each.getValue().partition();
            Kept entry = before.get(device);
            if (entry == null) {
                entry = Kept.of(new StoredLedger(DeviceLedger.blank(device), 0, partition));
            }
            DeviceLedger ledger = entry.ledger();
            boolean save = false;
            for (Input input : each.getValue().all()) {
                if (input instanceof Input.Ordered(SubmitOrder submit) && saidAgain.contains(submit.order())
                        || isOfAStranger(input, entry)) {
                    continue;
                }
                if (input instanceof Input.Bound bound
                        && bound.binding() instanceof UdpBinding binding
                        && !binding.lapsed()) {
                    neighbours.stunAt(binding.partition());
                }
                Decision decision = brain.decide(
                        ledger.deleted() ? DeviceLedger.blank(device) : ledger,
                        profilesOf(device, owner(device, ledger, input), chosen),
                        input,
                        now);
                ledger = decision.ledger();
                decision.effects().forEach(effect -> effects.add(device, effect));
                save |= input instanceof Input.Registered && entry.stored().version() == 0
                        || input instanceof Input.TimeCame && timersDiffer(ledger, entry.stored());
                decisions.increment();
            }
            if (save || isWorthSaving(ledger, entry.stored())) {
                long version = entry.stored().version();
                effects.ledgers.add(new StoredLedger(ledger.forGood(), version, partition));
                after.put(device, new Kept(ledger, new StoredLedger(ledger.forGood(), version + 1, partition)));
            } else {
                after.put(device, new Kept(ledger, entry.stored()));
            }
        }
        return after;
    }

    /** A deleted device may go on asking the STUN server; that does not make it one of ours again. */
    private static boolean isOfAStranger(Input input, Kept entry) {
        return (input instanceof Input.Bound || input instanceof Input.Present)
                && (entry.stored().version() == 0 || entry.ledger().deleted());
    }

    /** Orders that were taken so long ago that the ledger no longer knows; one query for all of a poll. */
    private Set<OrderId> saidAgain(Map<DeviceKey, Inputs> inputs, Map<DeviceKey, Kept> before) throws SQLException {
        List<OrderId> unknown = new ArrayList<>();
        inputs.forEach((device, each) -> {
            Kept entry = before.get(device);
            each.submitted().stream()
                    .filter(order -> entry == null || !entry.ledger().knows(order))
                    .forEach(unknown::add);
        });
        return taken.among(unknown);
    }

    private ActiveProfiles profilesOf(DeviceKey device, @Nullable Owner owner, Map<Owner, PersonalSettings> chosen) {
        ActiveProfiles active = profiles.of(device.tenant());
        PersonalSettings settings = owner == null ? null : chosen.get(owner);
        return settings == null ? active : active.with(settings);
    }

    /** Whose the device is once the input is taken in. */
    private static @Nullable Owner owner(DeviceKey device, @Nullable DeviceLedger ledger, Input input) {
        String subscriber = input instanceof Input.Described described
                ? described.facts().subscriberId()
                : ledger == null ? null : ledger.about().subscriberId();
        return subscriber == null ? null : new Owner(device.tenant(), subscriber);
    }

    /** What the subscribers of these devices chose; one query for all that are not in memory. */
    private Map<Owner, PersonalSettings> chosen(Map<DeviceKey, Inputs> inputs, Map<DeviceKey, Kept> before)
            throws SQLException {
        Set<Owner> owners = new HashSet<>();
        Set<Owner> anew = new HashSet<>();
        inputs.forEach((device, each) -> {
            Kept entry = before.get(device);
            for (Input input : each.all()) {
                Owner owner = owner(device, entry == null ? null : entry.ledger(), input);
                if (owner != null) {
                    owners.add(owner);
                    if (isChoice(input)) {
                        anew.add(owner);
                    }
                }
            }
        });
        return owners.isEmpty() ? Map.of() : personal.of(owners, anew);
    }

    private static boolean isChoice(Input input) {
        return input instanceof Input.Ordered(SubmitOrder submit) && submit.task() instanceof OrderTask.Settle;
    }

    private static boolean isWorthSaving(DeviceLedger ledger, StoredLedger stored) {
        Instant timer = ledger.timer();
        Instant storedTimer = stored.ledger().timer();
        return ledger.differsForGood(stored.ledger())
                // a timer that rings too early does no harm, one that rings too late does
                || timer != null && (storedTimer == null || timer.isBefore(storedTimer));
    }

    private static boolean timersDiffer(DeviceLedger ledger, StoredLedger stored) {
        return !Objects.equals(ledger.timer(), stored.ledger().timer());
    }

    private Map<DeviceKey, Kept> entries(Map<DeviceKey, Inputs> inputs) throws SQLException {
        Map<DeviceKey, Kept> found = new HashMap<>();
        List<DeviceKey> missing = new ArrayList<>();
        for (DeviceKey device : inputs.keySet()) {
            Kept entry = cache.get(device);
            if (entry == null) {
                missing.add(device);
            } else {
                found.put(device, entry);
            }
        }
        if (!missing.isEmpty()) {
            rows.load(missing).forEach((device, stored) -> found.put(device, Kept.of(stored)));
        }
        return found;
    }

    private void remember(Map<DeviceKey, Kept> after) {
        after.forEach((device, entry) -> {
            if (entry.ledger().deleted()) {
                cache.remove(device);
            } else {
                cache.put(device, entry);
            }
        });
    }

    private void carryOut(Effects effects) {
        effects.learned.forEach(lesson -> neighbours.learn(lesson, effects.now));
        if (!effects.outgoing.isEmpty()) {
            outbox.wake();
        }
        for (Effects.ToGateway each : effects.toGateways) {
            publisher
                    .publish(Topic.SESSION_PLANS, each.partition(), each.event())
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            plansLost.increment();
                            LOG.debugf(
                                    "a plan for %s did not leave: %s",
                                    each.event().key(), failure.getMessage());
                        }
                    });
        }
    }

    @Override
    public void assigned(Set<TopicPartition> partitions) {
        lock.lock();
        try {
            owned.addAll(numbers(partitions));
            // first what happened while nobody looked
            quiet.begin(BACKLOG);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void revoked(Set<TopicPartition> partitions) {
        lock.lock();
        try {
            Set<Integer> gone = numbers(partitions);
            owned.removeAll(gone);
            cache.removePartitions(gone);
        } finally {
            lock.unlock();
        }
    }

    private static Set<Integer> numbers(Set<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> partition.topic().equals(Topic.SESSION_EVENTS.topicName()))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }
}
