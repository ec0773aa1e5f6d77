package org.homeward.stunconnector.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.UdpWakeUp.DeliverUdpConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.stunconnector.binding.Authority;
import org.homeward.stunconnector.binding.Bindings;
import org.homeward.stunconnector.binding.Whereabouts;
import org.homeward.stunconnector.delivery.Outcome.Sent;
import org.homeward.stunconnector.delivery.Outcome.Unreachable;
import org.jspecify.annotations.Nullable;

/**
 * Sends connection requests by UDP. The first copy leaves at once and decides on the result; the others follow by their
 * timetable until the deadline, or until somebody says that the device has called. Never blocks.
 */
public final class Delivery {

    /** Opens what another service sealed; empty when it was sealed with a key that we do not have. */
    @FunctionalInterface
    public interface Unsealer {
        Optional<String> open(String sealedText);
    }

    private static final InetAddress NOWHERE = InetAddress.ofLiteral("::");

    private record Way(InetSocketAddress address, SignedRequest request) {}

    private final Bindings bindings;
    private final Datagrams datagrams;
    private final Unsealer unsealer;
    private final DeliverySettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong latest = new AtomicLong();
    private final AtomicInteger number = new AtomicInteger(random.nextInt() & 0x3fff_ffff);
    private final Set<WakeUpId> underWay = ConcurrentHashMap.newKeySet();

    public Delivery(Bindings bindings, Datagrams datagrams, Unsealer unsealer, DeliverySettings settings, Clock clock) {
        this.bindings = bindings;
        this.datagrams = datagrams;
        this.unsealer = unsealer;
        this.settings = settings;
        this.clock = clock;
    }

    /** Requests of which copies may still leave. */
    public int underWay() {
        return underWay.size();
    }

    /** Sends the first copy now; the stage never fails, and ends as soon as that copy has left or cannot. */
    public CompletionStage<WakeUpResult> deliver(DeviceKey device, DeliverUdpConnectionRequest request) {
        Instant startedAt = clock.instant();
        long started = System.nanoTime();
        return send(device, request, startedAt).thenApply(outcome -> {
            long millis = (System.nanoTime() - started) / 1_000_000;
            return switch (outcome) {
                case Sent(var to) ->
                    new ConnectionRequestDelivered(request.request(), "stun", Authority.of(to), startedAt, millis);
                case Unreachable(String address, String cause) ->
                    new ConnectionRequestUnreachable(request.request(), "stun", address, startedAt, millis, cause);
            };
        });
    }

    /** No further copies of this request. */
    public void stop(WakeUpId request) {
        underWay.remove(request);
    }

    private CompletionStage<Outcome> send(DeviceKey device, DeliverUdpConnectionRequest request, Instant now) {
        Duration left = Duration.between(now, request.deadline());
        if (!left.isPositive()) {
            return failed(
                    "unknown",
                    "Not sent: the deadline had passed before its turn came, so nobody waits for it any"
                            + " more. If this happens often, the connector is behind: add an instance.");
        }
        Optional<InetSocketAddress> address = target(device, request);
        if (address.isEmpty()) {
            return failed(whyNowhere(device, request));
        }
        String at = Authority.of(address.get());
        Optional<String> password = unsealer.open(request.sealedPassword());
        if (password.isEmpty()) {
            return failed(
                    at,
                    "The device's connection request password cannot be opened: it was sealed with another"
                            + " key. Give this connector the same field keys as the other services.");
        }
        if (password.get().isEmpty() || request.username().isEmpty()) {
            return failed(
                    at,
                    "no credential: a UDP connection request is signed with the device's"
                            + " ConnectionRequestUsername and ConnectionRequestPassword, and it has none. Set both in its next"
                            + " session.");
        }
        SignedRequest signed = SignedRequest.sign(
                timestamp(now), number.incrementAndGet(), request.username(), cnonce(), password.get());
        return datagrams
                .send(signed.to(at), address.get())
                .<Outcome>thenApply(nothing -> {
                    underWay.add(request.request());
                    followUp(device, request, new Way(address.get(), signed), 1, System.nanoTime(), left.toNanos());
                    return new Sent(address.get());
                })
                .exceptionally(failure -> new Unreachable(
                        at,
                        "Nothing could be sent to " + at + " (" + whyOf(failure)
                                + "). Check routing and firewall between this connector and the access network."));
    }

    private static @Nullable String whyOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure.getMessage() : cause.getMessage();
    }

    /** The binding if it lives, else what the device says of itself, as far as that can be believed. */
    private Optional<InetSocketAddress> target(DeviceKey device, DeliverUdpConnectionRequest request) {
        return bindings.of(device) instanceof Whereabouts.Bound bound
                ? Optional.of(bound.address())
                : Authority.parse(request.reportedAddress())
                        .filter(reported -> reported.getAddress().equals(literal(request.lastAddress())));
    }

    private Unreachable whyNowhere(DeviceKey device, DeliverUdpConnectionRequest request) {
        String reported = request.reportedAddress().isEmpty()
                ? ""
                : " It reports " + request.reportedAddress() + ", but last called from " + request.lastAddress()
                        + ", and nothing is sent to where a device was not seen.";
        return switch (bindings.of(device)) {
            case Whereabouts.Bound bound ->
                new Unreachable(Authority.of(bound.address()), "Its binding was renewed this very moment. Try again.");
            case Whereabouts.Lapsed(var address, Duration ago) ->
                new Unreachable(
                        Authority.of(address),
                        "binding expired " + inWords(ago)
                                + " ago: the device sends no keep-alives to the STUN server any"
                                + " more." + reported + " It is off or its line is down; if it is on, check that"
                                + " STUNServerAddress leads here and that STUNMaximumKeepAlivePeriod is shorter than"
                                + " homeward.stun-connector.binding-lifetime.");
            case Whereabouts.Unheard() ->
                new Unreachable(
                        "unknown",
                        "no binding: the device has not asked this STUN server." + reported + " Set STUNEnable,"
                                + " STUNServerAddress, STUNUsername and STUNPassword in its next session, and let UDP to"
                                + " the STUN port through the firewall.");
        };
    }

    private void followUp(
            DeviceKey device, DeliverUdpConnectionRequest request, Way way, int copy, long started, long within) {
        boolean last =
                copy >= settings.copies().size() || settings.copies().get(copy).toNanos() >= within;
        long due = last ? within : settings.copies().get(copy).toNanos();
        datagrams.later(
                () -> {
                    if (last || !underWay.contains(request.request())) {
                        underWay.remove(request.request());
                        return;
                    }
                    // The NAT may have opened another binding since.
                    InetSocketAddress to =
                            bindings.of(device) instanceof Whereabouts.Bound bound ? bound.address() : way.address();
                    datagrams.send(way.request().to(Authority.of(to)), to);
                    followUp(device, request, way, copy + 1, started, within);
                },
                Math.max(0, started + due - System.nanoTime()));
    }

    /**
     * Seconds since 1970, and never less than before: a CPE drops what is older than the last that it accepted, so a
     * clock that was put back would make it deaf to us.
     */
    private long timestamp(Instant now) {
        return latest.accumulateAndGet(now.getEpochSecond(), Math::max);
    }

    private String cnonce() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return NOWHERE;
        }
    }

    private static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 120 ? seconds + " s" : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }

    private static CompletionStage<Outcome> failed(String address, String cause) {
        return failed(new Unreachable(address, cause));
    }

    private static CompletionStage<Outcome> failed(Unreachable why) {
        return CompletableFuture.completedStage(why);
    }
}
