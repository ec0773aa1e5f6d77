package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.reconcile.Standing;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one device between events. Small: it is kept as one document and loaded as a whole.
 *
 * @param standing where the device stands against its profiles
 * @param session the newest, while it lasts
 * @param ended sessions that ended or were replaced lately, newest last; a late word of theirs begins nothing
 * @param orders that have not come to their end, oldest first
 * @param finished orders that came to their end lately, newest last; the same order again is not a new one
 * @param timer when {@link Input.TimeCame} is to be told; null for never
 * @param deleted nothing is to be kept
 */
public record DeviceLedger(
        DeviceKey key,
        Known known,
        About about,
        Setup setup,
        Standing standing,
        @Nullable OpenSession session,
        List<SessionId> ended,
        List<OpenOrder> orders,
        List<OrderId> finished,
        Reach reach,
        @Nullable Instant timer,
        boolean deleted) {

    private static final int ENDED_KEPT = 4;
    private static final int FINISHED_KEPT = 16;

    @SuppressWarnings("ConstantValue") // ledgers that were written before these were kept lack them
    public DeviceLedger {
        about = about == null ? About.NOTHING : about;
        standing = standing == null ? Standing.NONE : standing;
        ended = List.copyOf(ended);
        orders = List.copyOf(orders);
        finished = List.copyOf(finished);
    }

    /** Of a device that nobody has heard of. */
    public static DeviceLedger blank(DeviceKey key) {
        return new DeviceLedger(
                key,
                Known.NOTHING,
                About.NOTHING,
                Setup.NONE,
                Standing.NONE,
                null,
                List.of(),
                List.of(),
                List.of(),
                new Reach.Quiet(),
                null,
                false);
    }

    /**
     * Whether this must be written where {@code stored} is what is written: a session in which nothing is under way,
     * which sessions ended and when one was last heard may be forgotten without harm, so that a session that has
     * nothing to do costs no write.
     */
    public boolean differsForGood(DeviceLedger stored) {
        return !known.equals(stored.known)
                || !orders.equals(stored.orders)
                || !finished.equals(stored.finished)
                || !setup.equals(stored.setup)
                || standing.differsForGood(stored.standing)
                || !about.equals(stored.about)
                || !reach.equals(stored.reach)
                || deleted != stored.deleted
                || !sameWork(session, stored.session);
    }

    /** The part that is written: without a session in which nothing is under way. */
    public DeviceLedger forGood() {
        return session != null && session.idle() ? withSession(null) : this;
    }

    private static boolean sameWork(@Nullable OpenSession a, @Nullable OpenSession b) {
        boolean idleA = a == null || a.idle();
        boolean idleB = b == null || b.idle();
        if (a == null || b == null || idleA || idleB) {
            return idleA == idleB;
        }
        return a.id().equals(b.id()) && a.plans() == b.plans() && a.waits() == b.waits();
    }

    Optional<OpenOrder> order(Predicate<OpenOrder> wanted) {
        for (OpenOrder order : orders) {
            if (wanted.test(order)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    /**
     * What profiles may ask about the device.
     *
     * @param reported what it says of the parameters that they name
     * @param events that began its session
     */
    public Facts facts(Map<String, String> reported, List<String> events, Instant now) {
        return new Facts(
                key,
                about.manufacturer(),
                known.root(),
                known.softwareVersion(),
                about.hardwareVersion(),
                about.tags(),
                about.ofSubscriber(key.tenant()),
                about.ofServices(key.tenant()),
                reported,
                events,
                now);
    }

    /** Whether the order is open, or came to its end lately. */
    public boolean knows(OrderId id) {
        return finished.contains(id) || order(open -> open.id().equals(id)).isPresent();
    }

    DeviceLedger with(Known next) {
        return new DeviceLedger(
                key, next, about, setup, standing, session, ended, orders, finished, reach, timer, deleted);
    }

    DeviceLedger with(Setup next) {
        return new DeviceLedger(
                key, known, about, next, standing, session, ended, orders, finished, reach, timer, deleted);
    }

    DeviceLedger with(About next) {
        return new DeviceLedger(
                key, known, next, setup, standing, session, ended, orders, finished, reach, timer, deleted);
    }

    DeviceLedger with(Standing next) {
        return new DeviceLedger(
                key, known, about, setup, next, session, ended, orders, finished, reach, timer, deleted);
    }

    DeviceLedger with(Reach next) {
        return new DeviceLedger(
                key, known, about, setup, standing, session, ended, orders, finished, next, timer, deleted);
    }

    DeviceLedger withSession(@Nullable OpenSession next) {
        return new DeviceLedger(
                key, known, about, setup, standing, next, ended, orders, finished, reach, timer, deleted);
    }

    DeviceLedger withTimer(@Nullable Instant next) {
        return new DeviceLedger(
                key, known, about, setup, standing, session, ended, orders, finished, reach, next, deleted);
    }

    DeviceLedger withEnded(SessionId session) {
        List<SessionId> next = latest(ended, session, ENDED_KEPT);
        return new DeviceLedger(
                key, known, about, setup, standing, this.session, next, orders, finished, reach, timer, deleted);
    }

    DeviceLedger with(OpenOrder added) {
        List<OpenOrder> next = new ArrayList<>(orders);
        next.add(added);
        return withOrders(next);
    }

    DeviceLedger replacing(OpenOrder changed) {
        return withOrders(orders.stream()
                .map(order -> order.id().equals(changed.id()) ? changed : order)
                .toList());
    }

    DeviceLedger finishing(OrderId id) {
        List<OpenOrder> open =
                orders.stream().filter(order -> !order.id().equals(id)).toList();
        List<OrderId> done = latest(finished, id, FINISHED_KEPT);
        return new DeviceLedger(key, known, about, setup, standing, session, ended, open, done, reach, timer, deleted);
    }

    DeviceLedger asDeleted() {
        return new DeviceLedger(
                key,
                Known.NOTHING,
                About.NOTHING,
                Setup.NONE,
                Standing.NONE,
                null,
                List.of(),
                List.of(),
                finished,
                new Reach.Quiet(),
                null,
                true);
    }

    private DeviceLedger withOrders(List<OpenOrder> next) {
        return new DeviceLedger(
                key, known, about, setup, standing, session, ended, next, finished, reach, timer, deleted);
    }

    private static <T> List<T> latest(List<T> list, T added, int kept) {
        List<T> next = new ArrayList<>(list.subList(list.size() < kept ? 0 : 1, list.size()));
        next.add(added);
        return next;
    }
}
