package org.homeward.registry.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose a device is, and who may say so. */
class OwnerTest {

    private static final DeviceKey DEVICE = DeviceKey.parse("default/00AABB-Box-1");
    private static final SubscriberId ANN = new SubscriberId("ann");
    private static final SubscriberId BOB = new SubscriberId("bob");
    private static final Claim BY_ID = Claim.device(DeviceId.parse("00AABB-Box-1"));
    private static final Claim BY_SERIAL = Claim.serial("00aabb", "1");
    private static final Claim BY_MAC = Claim.mac("00:11:22:33:44:55");
    private static final Claim BY_OTHER_MAC = Claim.mac("00:11:22:33:44:66");
    private static final Claim BY_CIRCUIT = Claim.circuit("olt-1/7");

    private static Binding binding(SubscriberId subscriber, Claim claim, int second) {
        return new Binding(
                subscriber + "-" + claim.kind() + "-" + claim.value(),
                subscriber,
                claim,
                Instant.EPOCH.plusSeconds(second),
                "anna",
                null);
    }

    private static Owner owner(@Nullable SubscriberId subscriber, Binding... fitting) {
        return new Owner(DEVICE, subscriber, null, List.of(fitting));
    }

    @Test
    void nobodyHasWhatNothingFits() {
        assertThat(owner(ANN).winner()).isEmpty();
    }

    @Test
    void theMoreSpecificBindingCounts() {
        Binding circuit = binding(ANN, BY_CIRCUIT, 1);
        Binding mac = binding(BOB, BY_MAC, 2);
        Binding serial = binding(ANN, BY_SERIAL, 3);
        Binding id = binding(BOB, BY_ID, 4);

        assertThat(owner(ANN, circuit, mac).winner()).contains(mac);
        assertThat(owner(ANN, circuit, mac, serial).winner()).contains(serial);
        assertThat(owner(ANN, circuit, mac, serial, id).winner()).contains(id);
    }

    @Test
    void amongAddressesThePresentOwnerKeepsItElseTheOldestHasIt() {
        Binding older = binding(ANN, BY_MAC, 1);
        Binding younger = binding(BOB, BY_OTHER_MAC, 2);

        assertThat(owner(null, older, younger).winner()).contains(older);
        assertThat(owner(BOB, older, younger).winner()).contains(younger);
    }

    @Test
    void whatNobodyHasCanBeBound() {
        assertThat(new Wish(ANN, BY_MAC, false).answer(null, List.of(owner(null))))
                .isEqualTo(new Wish.Begin(List.of()));
        assertThat(new Wish(ANN, BY_MAC, false).answer(null, List.of())).isEqualTo(new Wish.Begin(List.of()));
    }

    @Test
    void theSameBindingAgainIsThatBinding() {
        Binding open = binding(ANN, BY_MAC, 1);

        assertThat(new Wish(ANN, BY_MAC, false).answer(open, List.of(owner(ANN, open))))
                .isEqualTo(new Wish.Existing(open));
    }

    @Test
    void whatSomebodyElseHasIsTaken() {
        Binding byMac = binding(BOB, BY_MAC, 1);

        assertThat(new Wish(ANN, BY_MAC, false).answer(byMac, List.of())).isEqualTo(new Wish.Taken(BOB));
        assertThat(new Wish(ANN, BY_SERIAL, false).answer(null, List.of(owner(BOB, byMac))))
                .isEqualTo(new Wish.Taken(BOB));
    }

    @Test
    void movingEndsWhatOthersSayOfThisDeviceAndNotOfItsLine() {
        Binding byMac = binding(BOB, BY_MAC, 1);
        Binding byCircuit = binding(BOB, BY_CIRCUIT, 2);

        assertThat(new Wish(ANN, BY_ID, true).answer(null, List.of(owner(BOB, byMac, byCircuit))))
                .isEqualTo(new Wish.Begin(List.of(byMac)));
    }

    @Test
    void aLineTakesNoDeviceFromSomebodyWhoHasItByName() {
        Binding byMac = binding(BOB, BY_MAC, 1);

        assertThat(new Wish(ANN, BY_CIRCUIT, false).answer(null, List.of(owner(BOB, byMac))))
                .isEqualTo(new Wish.Begin(List.of()));
    }
}
