package org.homeward.httpconnector.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.homeward.httpconnector.egress.Route.Closed;
import org.homeward.httpconnector.egress.Route.Open;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressRuleTest {

    private static final Map<String, String> DNS = Map.of(
            "cpe-7.access.example.net", "192.0.2.7",
            "rebound.access.example.net", "10.0.0.1",
            "proxy.example.net", "198.51.100.9",
            "inside.example.org", "127.0.0.1");

    private final EgressRule byDefault = rule(List.of(), List.of());

    private static EgressRule rule(List<String> networks, List<String> names) {
        return new EgressRule(networks.stream().map(Network::parse).toList(), names, name -> {
            String address = DNS.get(name);
            if (address == null) {
                throw new UnknownHostException(name);
            }
            return InetAddress.ofLiteral(address);
        });
    }

    private static Route check(EgressRule rule, String host, String lastAddress) {
        return rule.check(
                ConnectionRequestUrl.parse("http://" + host + ":7547/cr").orElseThrow(), lastAddress);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.168.1.1, 192.168.1.1",
        "127.0.0.1, 127.0.0.1",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
        "[::1], ::1",
        "[::ffff:192.0.2.7], 192.0.2.7",
        "192.0.2.7, ::ffff:192.0.2.7",
        "[fe80::1], fe80::1",
    })
    void goesWhereTheDeviceCalledFrom(String host, String lastAddress) {
        assertThat(check(byDefault, host, lastAddress)).isInstanceOf(Open.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 192.0.2.7",
        "192.0.2.8, 192.0.2.7",
        "127.0.0.1, 192.0.2.7",
        "127.0.0.2, 127.0.0.1",
        "127.1, 192.0.2.7",
        "2130706433, 192.0.2.7",
        "0x7f.1, 192.0.2.7",
        "0177.0.0.1, 192.0.2.7",
        "0.0.0.0, 127.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "169.254.169.254, 192.0.2.7",
        "224.0.0.1, 224.0.0.1",
        "[::], ::",
        "[::1], 127.0.0.1",
        "[::ffff:127.0.0.1], 192.0.2.7",
        "[ff02::1], ff02::1",
        "localhost, 127.0.0.1",
        "cpe-7.access.example.net, 192.0.2.7",
        "192.0.2.7, ''",
        "192.0.2.7, unknown",
    })
    void goesNowhereElse(String host, String lastAddress) {
        assertThat(check(byDefault, host, lastAddress)).isInstanceOf(Closed.class);
    }

    @Test
    void goesToNetworksThatTheOperatorOpened() {
        EgressRule rule = rule(List.of("10.0.0.0/9", "2001:db8::/33"), List.of());

        assertThat(Stream.of("10.127.255.255", "[2001:db8:7fff::1]").map(host -> check(rule, host, "192.0.2.7")))
                .allMatch(Open.class::isInstance);
        assertThat(Stream.of("10.128.0.0", "[2001:db8:8000::1]", "11.0.0.0")
                        .map(host -> check(rule, host, "192.0.2.7")))
                .allMatch(Closed.class::isInstance);
    }

    @Test
    void keepsLoopbackAndLinkLocalShutEvenInAnOpenNetwork() {
        EgressRule rule = rule(List.of("0.0.0.0/0", "::/0"), List.of("inside.example.org"));

        assertThat(Stream.of("127.0.0.1", "169.254.169.254", "[::1]", "[fe80::1]", "0.0.0.0", "inside.example.org")
                        .map(host -> check(rule, host, "192.0.2.7")))
                .allMatch(Closed.class::isInstance);
    }

    @Test
    void goesToListedNamesWhenTheirAddressMayBeReached() {
        EgressRule rule = rule(List.of("198.51.100.0/24"), List.of(".access.example.net", "Proxy.example.net"));

        assertThat(check(rule, "cpe-7.access.example.net", "192.0.2.7")).isInstanceOf(Open.class);
        assertThat(check(rule, "proxy.example.net", "192.0.2.7")).isInstanceOf(Open.class);
        assertThat(check(rule, "rebound.access.example.net", "192.0.2.7")).isInstanceOf(Closed.class);
        assertThat(check(rule, "gone.access.example.net", "192.0.2.7"))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.cause()).contains("cannot be resolved"));
    }

    @Test
    void saysWhatToDoAboutADeviceBehindNat() {
        Route route = check(byDefault, "192.168.1.1", "203.0.113.9");

        assertThat(route)
                .isInstanceOfSatisfying(
                        Closed.class,
                        closed -> assertThat(closed.cause())
                                .contains("192.168.1.1", "203.0.113.9", "NAT", "STUN", "allowed-networks"));
    }

    @Test
    void refusesANetworkThatIsNone() {
        assertThatThrownBy(() -> Network.parse("10.0.0.0/33")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Network.parse("example.net/8")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Network.parse("10.0.0.0/x")).isInstanceOf(IllegalArgumentException.class);
    }
}
