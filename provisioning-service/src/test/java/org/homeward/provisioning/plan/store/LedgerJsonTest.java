package org.homeward.provisioning.plan.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.provisioning.plan.About;
import org.homeward.provisioning.plan.Contacts;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.Known;
import org.homeward.provisioning.plan.Reach;
import org.homeward.provisioning.plan.Setup;
import org.homeward.provisioning.plan.Transport;
import org.homeward.provisioning.reconcile.Standing;
import org.junit.jupiter.api.Test;

class LedgerJsonTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final DeviceKey KEY = DeviceKey.parse("default/001122-BOX-S1");

    private static DeviceLedger ledger(Known known, Reach reach) {
        return new DeviceLedger(
                KEY,
                known,
                About.NOTHING,
                Setup.NONE,
                Standing.NONE,
                null,
                List.of(),
                List.of(),
                List.of(),
                reach,
                NOW,
                false);
    }

    @Test
    void whatLeadsToADeviceAndAnEffortReadBackAsTheyWereWritten() {
        var contacts = new Contacts(
                "192.0.2.7:5000",
                "cpe@example.net/box",
                "cpe@example.net",
                new UdpBinding("192.0.2.7:40000", 4, "stun-1", NOW, NOW, false),
                new XmppPresence("cpe@example.net/box", true, NOW),
                Map.of(Transport.STUN, new Contacts.Trial(NOW, "192.0.2.7:40000", null, "")));
        var reach = new Reach.Calling(
                List.of(
                        new Reach.Try(new WakeUpId("a"), Transport.HTTP, "a", NOW, null, null),
                        new Reach.Try(
                                new WakeUpId("b"),
                                Transport.STUN,
                                "b",
                                NOW,
                                null,
                                new Reach.Failure("refused", 401, "wrong credential"))),
                List.of(Transport.XMPP),
                NOW.plusSeconds(10),
                2,
                true);
        DeviceLedger written = ledger(new Known(true, "Device.", "1.0", "http://a/", "192.0.2.7", "", contacts), reach);

        assertThat(LedgerJson.read(LedgerJson.write(written))).isEqualTo(written);
    }

    @Test
    void aDeviceWithoutOtherWaysCostsNoRoom() {
        String json = LedgerJson.write(ledger(Known.NOTHING, new Reach.Quiet()));

        assertThat(json).doesNotContain("jabberId", "trials", "udpAddress");
        assertThat(LedgerJson.read(json).known()).isEqualTo(Known.NOTHING);
    }

    @Test
    void aRestReadsBackAsARest() {
        DeviceLedger written = ledger(Known.NOTHING, new Reach.Resting(NOW, NOW.plusSeconds(4), 3, true));

        assertThat(LedgerJson.read(LedgerJson.write(written))).isEqualTo(written);
    }

    @Test
    void anEffortOfBeforeThereWereSeveralWaysIsReadAsOver() {
        String now = LedgerJson.write(ledger(Known.NOTHING, new Reach.Resting(NOW, NOW, 3, false)));
        for (String before : List.of(
                "{\"is\":\"calling\",\"request\":\"r\",\"until\":\"2026-11-22T10:00:15Z\",\"failures\":3}",
                "{\"is\":\"expected\",\"transport\":\"http\",\"address\":\"a\",\"until\":\"2026-11-22T10:00:30Z\","
                        + "\"failures\":3}")) {
            String old = now.replaceFirst("\\{\"is\":\"resting\"[^}]*}", before);
            assertThat(old).contains(before);

            assertThat(LedgerJson.read(old).reach())
                    .isEqualTo(new Reach.Resting(Instant.EPOCH, Instant.EPOCH, 3, false));
        }
    }

    @Test
    void aLedgerOfBeforeThereWereOtherWaysIsReadWithoutThem() {
        String old = LedgerJson.write(ledger(Known.NOTHING, new Reach.Quiet()))
                .replace("\"contacts\":{}", "\"informed\":true")
                .replace(",\"informed\":true,\"informed\":true", ",\"informed\":true");

        assertThat(LedgerJson.read(old).known().contacts()).isSameAs(Contacts.NONE);
    }
}
