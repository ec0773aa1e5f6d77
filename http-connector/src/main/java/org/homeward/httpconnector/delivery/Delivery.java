package org.homeward.httpconnector.delivery;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestDelivered;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestRefused;
import org.homeward.contracts.wakeup.WakeUpResult.ConnectionRequestUnreachable;
import org.homeward.httpconnector.delivery.Outcome.Delivered;
import org.homeward.httpconnector.delivery.Outcome.Refused;
import org.homeward.httpconnector.delivery.Outcome.Unreachable;
import org.homeward.httpconnector.digest.Credential;
import org.homeward.httpconnector.egress.ConnectionRequestUrl;
import org.homeward.httpconnector.egress.EgressRule;
import org.homeward.httpconnector.egress.Route;

/** Delivers connection requests, whatever the URL, and says how each went. Blocking; made for virtual threads. */
public final class Delivery {

    /** Opens what another service sealed; empty when it was sealed with a key that we do not have. */
    @FunctionalInterface
    public interface Unsealer {
        Optional<String> open(String sealed);
    }

    private final EgressRule egress;
    private final ConnectionRequestExchange exchange;
    private final Unsealer unsealer;
    private final Duration answerTimeout;
    private final Clock clock;
    private final NetworkPace pace;
    private final Turns<DeviceKey, Outcome> turns;

    /**
     * @param answerTimeout for the whole exchange, unless the request's own deadline is nearer
     * @param gap least time between two deliveries to one device
     * @param pace at which requests go to one network
     */
    public Delivery(
            EgressRule egress,
            ConnectionRequestExchange exchange,
            Unsealer unsealer,
            Duration answerTimeout,
            Duration gap,
            NetworkPace pace,
            Clock clock) {
        this.egress = egress;
        this.exchange = exchange;
        this.unsealer = unsealer;
        this.answerTimeout = answerTimeout;
        this.clock = clock;
        this.pace = pace;
        this.turns = new Turns<>(gap);
    }

    /** Delivers it now; answers for every outcome, a deadline that has passed included. */
    public WakeUpResult deliver(DeviceKey device, DeliverConnectionRequest request) throws InterruptedException {
        Instant startedAt = clock.instant();
        long started = System.nanoTime();
        Optional<ConnectionRequestUrl> url = ConnectionRequestUrl.parse(request.url());
        Outcome outcome = url.isPresent()
                ? turns.once(device, () -> ask(url.get(), request))
                : new Unreachable("The device reports a ConnectionRequestURL that is none: http://host:port/path is"
                        + " expected. Correct it on the device, or use STUN or XMPP.");
        long millis = (System.nanoTime() - started) / 1_000_000;
        return result(request, url.map(ConnectionRequestUrl::address).orElse("unknown"), startedAt, millis, outcome);
    }

    private Outcome ask(ConnectionRequestUrl url, DeliverConnectionRequest request) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), request.deadline());
        if (!left.isPositive()) {
            return new Unreachable("Not sent: the deadline had passed before its turn came, so nobody waits for it any"
                    + " more. If this happens often, the connector is behind: add an instance.");
        }
        return switch (egress.check(url, request.lastAddress())) {
            case Route.Closed(String cause) -> new Unreachable(cause);
            case Route.Open(var address) -> {
                Optional<String> password = unsealer.open(request.sealedPassword());
                yield password.isEmpty()
                        ? new Unreachable("The device's connection request password cannot be opened: it was sealed"
                                + " with another key. Give this connector the same field keys as the other services.")
                        : askInTurn(url, address, new Credential(request.username(), password.get()), left);
            }
        };
    }

    /** Waits for its network's turn before. */
    private Outcome askInTurn(ConnectionRequestUrl url, InetSocketAddress address, Credential credential, Duration left)
            throws InterruptedException {
        Optional<Duration> wait = pace.take(address.getAddress(), left);
        if (wait.isEmpty()) {
            return new Unreachable("Not sent: so many requests are due to the network of " + url.address()
                    + " that its turn would have come after the deadline. Spread the orders, or raise"
                    + " homeward.http-connector.max-per-network if the network takes more.");
        }
        Thread.sleep(wait.get());
        Duration rest = left.minus(wait.get());
        return exchange.ask(url, address, credential, rest.compareTo(answerTimeout) < 0 ? rest : answerTimeout);
    }

    private static WakeUpResult result(
            DeliverConnectionRequest request, String address, Instant startedAt, long millis, Outcome outcome) {
        return switch (outcome) {
            case Delivered() -> new ConnectionRequestDelivered(request.request(), "http", address, startedAt, millis);
            case Refused(int status, String cause) ->
                new ConnectionRequestRefused(request.request(), "http", address, startedAt, millis, status, cause);
            case Unreachable(String cause) ->
                new ConnectionRequestUnreachable(request.request(), "http", address, startedAt, millis, cause);
        };
    }
}
