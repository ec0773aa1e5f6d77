package org.homeward.xmppconnector.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.wakeup.XmppPresence;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;

class ContactsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final DeviceKey DEVICE = DeviceKey.parse("default/001122-HG2400-1");
    private static final EntityFullJid HERE = JidCreate.entityFullFromOrThrowUnchecked("cpe@xmpp.test/cwmp");
    private static final EntityFullJid THERE = JidCreate.entityFullFromOrThrowUnchecked("cpe@xmpp.test/new");
    private static final BareJid ACCOUNT = HERE.asBareJid();

    private final Contacts contacts = new Contacts();

    @Test
    void tellsOfADeviceThatSignsIn() {
        contacts.belongs(ACCOUNT, DEVICE);

        assertThat(contacts.heard(HERE, true, NOW))
                .contains(new Contacts.News(DEVICE, new XmppPresence(HERE.toString(), true, NOW)));
        assertThat(contacts.whereabouts(ACCOUNT)).contains(HERE);
    }

    @Test
    void tellsOnceWhoseAccountItIs() {
        assertThat(contacts.heard(HERE, true, NOW)).isEmpty();

        assertThat(contacts.belongs(ACCOUNT, DEVICE)).isPresent();
        assertThat(contacts.belongs(ACCOUNT, DEVICE)).isEmpty();
    }

    @Test
    void tellsNothingThatIsKnown() {
        contacts.belongs(ACCOUNT, DEVICE);
        contacts.heard(HERE, true, NOW);

        assertThat(contacts.heard(HERE, true, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void tellsNothingThatWasToldBeforeARestart() {
        contacts.told(DEVICE, new XmppPresence(HERE.toString(), true, NOW));

        assertThat(contacts.heard(HERE, true, NOW.plusSeconds(60))).isEmpty();
        assertThat(contacts.heard(HERE, false, NOW.plusSeconds(60))).isPresent();
    }

    @Test
    void findsOutThatADeviceLeftWhileNobodyListened() {
        contacts.told(DEVICE, new XmppPresence(HERE.toString(), true, NOW));

        assertThat(contacts.heard(ACCOUNT, false, NOW.plusSeconds(60)))
                .contains(new Contacts.News(DEVICE, new XmppPresence(HERE.toString(), false, NOW.plusSeconds(60))));
        assertThat(contacts.whereabouts(ACCOUNT)).isEmpty();
    }

    @Test
    void followsADeviceThatSignsInAnew() {
        contacts.belongs(ACCOUNT, DEVICE);
        contacts.heard(HERE, true, NOW);
        contacts.heard(THERE, true, NOW);

        assertThat(contacts.heard(HERE, false, NOW)).isEmpty();
        assertThat(contacts.whereabouts(ACCOUNT)).contains(THERE);
    }
}
