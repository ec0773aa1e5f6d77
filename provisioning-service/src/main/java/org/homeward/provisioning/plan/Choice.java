package org.homeward.provisioning.plan;

import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.provisioning.plan.Way.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Which ways lead to a device, the likeliest first: one that is known to be closed comes last, else what worked the last
 * time comes first and what failed then last; then counts what works for its neighbours, then that nothing speaks against
 * a way, then the order of {@link Transport}.
 */
public final class Choice {

    private Choice() {}

    /** @param experience of other devices */
    public static List<Way> of(Known known, Experience experience, Instant now) {
        List<Way> ways = new ArrayList<>(3);
        http(known).ifPresent(ways::add);
        stun(known, experience).ifPresent(ways::add);
        xmpp(known).ifPresent(ways::add);
        if (ways.size() > 1) {
            ways.sort(Comparator.comparing((Way way) -> way.promise() == Promise.CLOSED)
                    .thenComparing(way -> lastTime(way, known.contacts().trial(way.transport())))
                    .thenComparing(way -> -experience.hope(known.lastAddress(), way.transport(), now))
                    .thenComparing(Way::promise)
                    .thenComparing(Way::transport));
        }
        return ways;
    }

    /**
     * The lower the better; not to have been tried is better than to have failed. That a way worked speaks for one that
     * there are doubts about only if it led to the same place.
     */
    private static int lastTime(Way way, Contacts.Trial trial) {
        boolean sameWay = way.promise() == Promise.OPEN || way.address().equals(trial.address());
        return trial.worksNow() ? (sameWay ? 0 : 1) : trial.failed() == null ? 1 : 2;
    }

    /** The way by this transport, if there is one. */
    static Optional<Way> by(Transport transport, Known known, Experience experience) {
        return switch (transport) {
            case HTTP -> http(known);
            case STUN -> stun(known, experience);
            case XMPP -> xmpp(known);
        };
    }

    private static Optional<Way> http(Known known) {
        if (known.connectionRequestUrl().isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> url = parse(known.connectionRequestUrl());
        String authority = url.map(URI::getRawAuthority).orElse("");
        if (authority.isEmpty()) {
            return Optional.of(new Way(
                    Transport.HTTP, "", Promise.DOUBTFUL, "the device reports a ConnectionRequestURL that is none"));
        }
        Optional<InetAddress> named = url.map(URI::getHost).flatMap(Choice::literal);
        Optional<InetAddress> seen = literal(known.lastAddress());
        boolean behindNat = named.isPresent() && seen.isPresent() && !named.equals(seen);
        return Optional.of(new Way(
                Transport.HTTP,
                authority,
                behindNat ? Promise.DOUBTFUL : Promise.OPEN,
                behindNat
                        ? "its ConnectionRequestURL names another address than it last called from, "
                                + known.lastAddress()
                        : ""));
    }

    private static Optional<Way> stun(Known known, Experience experience) {
        UdpBinding binding = known.contacts().binding();
        String reported = known.contacts().udpAddress();
        if (binding != null && !binding.lapsed()) {
            return Optional.of(new Way(Transport.STUN, binding.address(), Promise.OPEN, ""));
        }
        if (!reported.isEmpty()
                && (binding != null || experience.stunPartition().isPresent())) {
            boolean seenThere = parse("udp://" + reported)
                    .map(URI::getHost)
                    .flatMap(Choice::literal)
                    .filter(host ->
                            literal(known.lastAddress()).filter(host::equals).isPresent())
                    .isPresent();
            return Optional.of(new Way(
                    Transport.STUN,
                    reported,
                    seenThere ? Promise.DOUBTFUL : Promise.CLOSED,
                    seenThere
                            ? "no STUN server hears of it; it says itself that it is there"
                            : "it says that it is at " + reported + ", but last called from " + known.lastAddress()));
        }
        return binding == null
                ? Optional.empty()
                : Optional.of(new Way(
                        Transport.STUN,
                        binding.address(),
                        Promise.CLOSED,
                        "its binding expired: the last keep-alive came at " + binding.lastHeard()));
    }

    private static Optional<Way> xmpp(Known known) {
        XmppPresence presence = known.contacts().presence();
        String jabberId = jabberId(known.contacts(), presence);
        if (jabberId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                presence == null || presence.online()
                        ? new Way(Transport.XMPP, jabberId, Promise.OPEN, "")
                        : new Way(
                                Transport.XMPP,
                                jabberId,
                                Promise.CLOSED,
                                "signed out of XMPP since " + presence.since()));
    }

    /** The server's word on a device that is signed in is newer than the device's own. */
    private static String jabberId(Contacts contacts, @Nullable XmppPresence presence) {
        if (presence != null && (presence.online() || contacts.jabberId().isEmpty())) {
            return presence.jabberId();
        }
        return contacts.jabberId().isEmpty() ? contacts.account() : contacts.jabberId();
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(URI.create(text.strip()));
        } catch (IllegalArgumentException e) {
            // a device may say what it likes; the connector tells what is wrong with it
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(
                    host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
