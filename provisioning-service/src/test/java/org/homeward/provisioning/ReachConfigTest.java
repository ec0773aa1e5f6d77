package org.homeward.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.homeward.provisioning.plan.WaySettings;
import org.junit.jupiter.api.Test;

class ReachConfigTest {

    private static final String REACH = "homeward.provisioning.reach.";

    private static WaySettings ways(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ReachConfig.class, "homeward.provisioning.reach");
        settings.forEach((key, value) -> builder.withDefaultValue(REACH + key, value));
        return builder.build()
                .getConfigMapping(ReachConfig.class, "homeward.provisioning.reach")
                .ways();
    }

    @Test
    void whereNothingIsSetDevicesAreToldNothing() {
        assertThat(ways(Map.of())).isEqualTo(WaySettings.NONE);
    }

    @Test
    void anAddressIsEnough() {
        assertThat(ways(Map.of("stun.server-address", "192.0.2.53", "xmpp.domain", "example.net")))
                .isEqualTo(new WaySettings(
                        new WaySettings.Stun("192.0.2.53", 3478, Duration.ofSeconds(30), Duration.ofSeconds(60)),
                        new WaySettings.Xmpp("example.net", "cwmp", "homeward@example.net", "", 5222)));
    }

    @Test
    void aServerWhereTheAcsIsNeedsNoAddress() {
        assertThat(ways(Map.of("stun.enabled", "true")).stun())
                .extracting(WaySettings.Stun::address)
                .isEqualTo("");
    }

    @Test
    void eachWayCanBeTurnedOffAndAllOfThem() {
        Map<String, String> both = Map.of("stun.server-address", "192.0.2.53", "xmpp.domain", "example.net");

        assertThat(ways(with(both, "stun.enabled", "false")).stun()).isNull();
        assertThat(ways(with(both, "xmpp.enabled", "false")).xmpp()).isNull();
        assertThat(ways(with(both, "set-up", "false"))).isEqualTo(WaySettings.NONE);
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return more;
    }

    @Test
    void devicesAreNotToldToBeSilentForLongerThanTheConnectorWaits() {
        assertThatThrownBy(() -> ways(Map.of("stun.server-address", "192.0.2.53", "stun.longest-keep-alive", "3m")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("homeward.provisioning.reach.stun.longest-keep-alive")
                .hasMessageContaining("180 s");
        assertThatThrownBy(() -> ways(Map.of("stun.server-address", "192.0.2.53", "stun.shortest-keep-alive", "2m")))
                .hasMessageContaining("shortest-keep-alive is longer");
    }
}
