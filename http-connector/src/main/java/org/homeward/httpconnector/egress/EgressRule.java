package org.homeward.httpconnector.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.homeward.httpconnector.egress.Route.Closed;
import org.homeward.httpconnector.egress.Route.Open;

/**
 * Where a connection request may go: to the address that the device last called from, and to networks that the operator
 * names. Host names pass only when listed, and what they resolve to has to pass as well, so that a device cannot turn us
 * against hosts inside by way of DNS. Loopback and link-local addresses are open only to a device that called from that
 * very address; multicast and the unspecified address never are.
 */
public final class EgressRule {

    /** Name to address; DNS in production. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress resolve(String name) throws UnknownHostException;
    }

    private final List<Network> allowedNetworks;
    private final List<String> allowedHostNames;
    private final Resolver resolver;

    /** @param allowedHostNames in full, or a domain as {@code .cpe.example.net} for all names below it */
    public EgressRule(List<Network> allowedNetworks, List<String> allowedHostNames, Resolver resolver) {
        this.allowedNetworks = List.copyOf(allowedNetworks);
        this.allowedHostNames = allowedHostNames.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        this.resolver = resolver;
    }

    /** @param lastAddress the address that the device last called from, without port; may be empty */
    public Route check(ConnectionRequestUrl url, String lastAddress) {
        Optional<InetAddress> literal = literal(url.host());
        if (literal.isPresent()) {
            return check(url, literal.get(), literal(lastAddress));
        }
        if (!isListed(url.host())) {
            return new Closed("The URL names the host " + url.host() + " rather than an address, and host names are"
                    + " refused because a device could point one anywhere. List it in"
                    + " homeward.http-connector.allowed-host-names if it is yours.");
        }
        try {
            return check(url, resolver.resolve(url.host()), literal(lastAddress));
        } catch (UnknownHostException e) {
            return new Closed("The host name " + url.host() + " cannot be resolved. Check DNS, or the"
                    + " ConnectionRequestURL that the device reports.");
        }
    }

    private Route check(ConnectionRequestUrl url, InetAddress target, Optional<InetAddress> last) {
        String address = target.getHostAddress();
        if (target.isAnyLocalAddress() || target.isMulticastAddress()) {
            return new Closed(
                    address + " is not the address of one host. Correct the ConnectionRequestURL on the" + " device.");
        }
        if (last.isPresent() && last.get().equals(target)) {
            // The one it called from: it knows the interface of a link-local address, the URL does not.
            return new Open(new InetSocketAddress(last.get(), url.port()));
        }
        if (target.isLoopbackAddress() || target.isLinkLocalAddress()) {
            return new Closed(address + " lies inside our own host or link, and the device did not call from there."
                    + " Correct the ConnectionRequestURL on the device.");
        }
        if (allowedNetworks.stream().anyMatch(network -> network.contains(target))) {
            return new Open(new InetSocketAddress(target, url.port()));
        }
        return new Closed("The device asks to be called at " + address + " but last called from "
                + last.map(InetAddress::getHostAddress).orElse("an unknown address")
                + ". It probably sits behind NAT: reach it by STUN or XMPP, or open its network in"
                + " homeward.http-connector.allowed-networks.");
    }

    private boolean isListed(String host) {
        return allowedHostNames.stream()
                .anyMatch(allowed -> allowed.startsWith(".") ? host.endsWith(allowed) : host.equals(allowed));
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
