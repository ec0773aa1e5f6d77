package org.homeward.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.session.DeviceIdentity;
import org.junit.jupiter.api.Test;

class KnownDevicesTest {

    private static final DeviceKey DEVICE = DeviceKey.parse("default/00AABB-HG-1");
    private static final DeviceKey OTHER = DeviceKey.parse("north/00AABB-HG-1");

    private final KnownDevices known = new KnownDevices(device -> false);

    private static DeviceFacts facts(boolean trace, boolean ownCredentials) {
        return new DeviceFacts(
                new DeviceIdentity("Acme", "00AABB", "HG", "1"),
                "",
                "",
                "",
                "",
                Set.of(),
                null,
                trace,
                ownCredentials,
                null,
                List.of());
    }

    @Test
    void aDeviceThatHasNotProvenItsOwnCredentialsMayBeFresh() {
        known.learned(DEVICE, facts(false, false));

        assertThat(known.mayBeFresh(DEVICE, false)).isTrue();
        assertThat(known.mayBeFresh(OTHER, false)).isTrue();
    }

    @Test
    void aDeviceThatHasProvenItsOwnIsFreshAfterAFactoryResetOnly() {
        known.learned(DEVICE, facts(false, true));

        assertThat(known.mayBeFresh(DEVICE, false)).isFalse();
        assertThat(known.mayBeFresh(DEVICE, true)).isTrue();
        assertThat(known.mayBeFresh(OTHER, false)).isTrue();
    }

    @Test
    void aDeviceWithRegisteredCredentialsIsNeverFresh() {
        assertThat(new KnownDevices(DEVICE::equals).mayBeFresh(DEVICE, true)).isFalse();
    }

    @Test
    void theLatestFactsSayWhoIsTraced() {
        known.learned(DEVICE, facts(true, false));
        boolean before = known.isTraced(DEVICE);
        known.learned(DEVICE, facts(false, false));

        assertThat(before).isTrue();
        assertThat(known.isTraced(DEVICE)).isFalse();
    }

    @Test
    void aDeviceThatIsDeletedBeginsAnew() {
        known.learned(DEVICE, facts(true, true));
        known.forgotten(DEVICE);

        assertThat(known.isTraced(DEVICE)).isFalse();
        assertThat(known.mayBeFresh(DEVICE, false)).isTrue();
    }
}
