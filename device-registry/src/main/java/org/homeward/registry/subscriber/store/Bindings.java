package org.homeward.registry.subscriber.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.registry.subscriber.Binding;
import org.homeward.registry.subscriber.Claim;
import org.homeward.registry.subscriber.Owner;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.Wish;
import org.homeward.registry.timeline.Happening;
import org.homeward.registry.timeline.Happening.Kind;
import org.homeward.registry.timeline.store.HappeningRows;
import org.jspecify.annotations.Nullable;

/** Makes devices belong to whom the open bindings say; in the caller's transaction. */
public final class Bindings {

    /** Longer than any transaction of the consumer lasts. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Clock clock;

    public Bindings(Clock clock) {
        this.clock = clock;
    }

    /** What was asked for at once, and how it stands; it grows with each answer. */
    final class Round {

        private final TenantId tenant;
        private final String by;
        private final Map<Claim, Binding> open;
        private final Map<Claim, Set<DeviceKey>> fitting;
        private final Map<DeviceKey, Owner> owners;
        private final Map<String, Binding> begun = new LinkedHashMap<>();
        private final Map<String, Binding> ended = new LinkedHashMap<>();

        private Round(
                TenantId tenant,
                String by,
                Map<Claim, Binding> open,
                Map<Claim, Set<DeviceKey>> fitting,
                Map<DeviceKey, Owner> owners) {
            this.tenant = tenant;
            this.by = by;
            this.open = new HashMap<>(open);
            this.fitting = fitting;
            this.owners = new HashMap<>(owners);
        }

        Wish.Answer answer(Wish wish) {
            return wish.answer(
                    open.get(wish.claim()),
                    fitting.getOrDefault(wish.claim(), Set.of()).stream()
                            .map(owners::get)
                            .filter(Objects::nonNull)
                            .toList());
        }

        /** Lets a wish come true. */
        Binding begin(Wish wish, Wish.Begin answer) {
            answer.ending().forEach(this::end);
            var binding = new Binding(
                    UUID.randomUUID().toString(), wish.subscriber(), wish.claim(), clock.instant(), by, null);
            open.put(wish.claim(), binding);
            begun.put(binding.id(), binding);
            for (DeviceKey device : fitting.getOrDefault(wish.claim(), Set.of())) {
                replaceFitting(device, null, binding);
            }
            return binding;
        }

        private void end(Binding binding) {
            open.remove(binding.claim(), binding);
            if (begun.remove(binding.id()) == null) {
                ended.put(binding.id(), binding);
            }
            owners.keySet().forEach(device -> replaceFitting(device, binding, null));
        }

        private void replaceFitting(DeviceKey device, @Nullable Binding gone, @Nullable Binding come) {
            owners.computeIfPresent(device, (key, owner) -> {
                List<Binding> now = new ArrayList<>(owner.fitting());
                if (gone != null) {
                    now.remove(gone);
                }
                if (come != null) {
                    now.add(come);
                }
                var changed = new Owner(key, owner.subscriber(), owner.boundBy(), now);
                return new Owner(
                        key,
                        changed.winner().map(Binding::subscriber).orElse(null),
                        changed.winner().map(Binding::id).orElse(null),
                        now);
            });
        }

        /** Writes what was decided. @return the devices whose owner it may change; nobody has locked them yet */
        Set<DeviceKey> write(Connection connection, String why) throws SQLException {
            Instant now = clock.instant();
            BindingRows.end(connection, ended.keySet(), new Binding.Ended(now, by, why), now.plus(LOOK_AGAIN));
            BindingRows.begin(connection, tenant, begun.values(), now.plus(LOOK_AGAIN));
            Set<DeviceKey> devices = new LinkedHashSet<>(BindingRows.boundBy(connection, ended.keySet()));
            begun.values().forEach(each -> devices.addAll(fitting.getOrDefault(each.claim(), Set.of())));
            return devices;
        }
    }

    /** Looks up what a number of wishes need. The caller has the tenant's turn. */
    Round round(Connection connection, TenantId tenant, Collection<Claim> claims, String by) throws SQLException {
        Map<Claim, Set<DeviceKey>> fitting = BindingRows.fitting(connection, tenant, claims);
        Set<DeviceKey> devices = new HashSet<>();
        fitting.values().forEach(devices::addAll);
        return new Round(
                tenant,
                by,
                BindingRows.open(connection, tenant, claims),
                fitting,
                BindingRows.owners(connection, devices));
    }

    /** Ends bindings. @return the devices whose owner it may change; nobody has locked them yet */
    Set<DeviceKey> end(Connection connection, Collection<Binding> bindings, String by, String why) throws SQLException {
        Instant now = clock.instant();
        List<String> ids = bindings.stream().map(Binding::id).toList();
        BindingRows.end(connection, ids, new Binding.Ended(now, by, why), now.plus(LOOK_AGAIN));
        return BindingRows.boundBy(connection, ids);
    }

    /**
     * Gives devices to whom the open bindings say, and notes it in their timelines. The caller holds the devices' rows
     * locked.
     *
     * @param by who made it so; empty where a device did by what it reported
     * @param countsAsEdit whether the devices' versions count it
     * @return the devices whose owner changed
     */
    public Set<DeviceKey> settle(Connection connection, Collection<DeviceKey> devices, String by, boolean countsAsEdit)
            throws SQLException {
        Instant now = clock.instant();
        Map<DeviceKey, @Nullable Binding> winners = new LinkedHashMap<>();
        List<Happening> happenings = new ArrayList<>();
        Set<DeviceKey> changed = new LinkedHashSet<>();
        for (Owner owner : BindingRows.owners(connection, devices).values()) {
            Binding winner = owner.winner().orElse(null);
            if (Objects.equals(owner.boundBy(), winner == null ? null : winner.id())) {
                continue;
            }
            winners.put(owner.device(), winner);
            SubscriberId before = owner.subscriber();
            SubscriberId after = winner == null ? null : winner.subscriber();
            if (!Objects.equals(before, after)) {
                changed.add(owner.device());
                happenings.add(new Happening(
                        owner.device(),
                        UUID.randomUUID().toString(),
                        now,
                        winner == null ? Kind.UNBOUND : Kind.BOUND,
                        by.isEmpty() ? "the device" : by,
                        winner == null ? "no longer of " + before : text(before, winner)));
            }
        }
        BindingRows.settle(connection, winners, countsAsEdit);
        new HappeningRows().note(connection, happenings);
        return changed;
    }

    private static String text(@Nullable SubscriberId before, Binding winner) {
        return "to " + winner.subscriber() + " by " + winner.claim().kind().text() + " "
                + winner.claim().value() + (before == null ? "" : ", before of " + before);
    }

    /**
     * Looks once more at bindings that began or ended a moment ago: a device that first called just then, in a transaction
     * that had not committed, was not seen.
     *
     * @return how many there were
     */
    int lookAgain(Connection connection, Facts facts, int most) throws SQLException {
        List<BindingRows.Due> due = BindingRows.due(connection, clock.instant(), most);
        Set<DeviceKey> devices = new LinkedHashSet<>();
        Map<TenantId, Set<Claim>> claims = new LinkedHashMap<>();
        due.stream()
                .filter(each -> each.binding().ended() == null)
                .forEach(each -> claims.computeIfAbsent(each.tenant(), any -> new LinkedHashSet<>())
                        .add(each.binding().claim()));
        for (Map.Entry<TenantId, Set<Claim>> tenant : claims.entrySet()) {
            BindingRows.fitting(connection, tenant.getKey(), tenant.getValue())
                    .values()
                    .forEach(devices::addAll);
        }
        devices.addAll(BindingRows.boundBy(
                connection,
                due.stream()
                        .filter(each -> each.binding().ended() != null)
                        .map(each -> each.binding().id())
                        .toList()));
        BindingRows.lock(connection, devices);
        facts.publish(connection, settle(connection, devices, "", true));
        return due.size();
    }
}
