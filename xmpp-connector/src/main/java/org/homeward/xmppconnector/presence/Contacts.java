package org.homeward.xmppconnector.presence;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.wakeup.XmppPresence;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * The accounts that the server told the presence of, and whose they are. An account is one device's, so of several
 * places that it is signed in at the latest counts. Thread-safe.
 */
public final class Contacts {

    /** Something that others do not know yet. */
    public record News(DeviceKey device, XmppPresence presence) {}

    private static final class Contact {
        @Nullable
        DeviceKey device;

        @Nullable
        XmppPresence told;

        @Nullable
        XmppPresence now;
    }

    private final Map<BareJid, Contact> contacts = new HashMap<>();

    private Contact of(BareJid account) {
        return contacts.computeIfAbsent(account, unknown -> new Contact());
    }

    /** Where an account is signed in; empty when it is not, or nobody told. */
    public synchronized Optional<EntityFullJid> whereabouts(BareJid account) {
        Contact contact = contacts.get(account);
        return contact == null || contact.now == null || !contact.now.online()
                ? Optional.empty()
                : Optional.ofNullable(JidCreate.entityFullFromOrNull(contact.now.jabberId()));
    }

    /** An account turns out to be a device's. */
    public synchronized Optional<News> belongs(BareJid account, DeviceKey device) {
        Contact contact = of(account);
        contact.device = device;
        return news(contact);
    }

    /** The server tells of somebody. @param from a full JID, or the account alone where it is signed in nowhere */
    public synchronized Optional<News> heard(Jid from, boolean online, Instant at) {
        Contact contact = of(from.asBareJid());
        XmppPresence before = contact.now;
        if (online ? !from.hasResource() : isNotOver(before, from)) {
            return Optional.empty();
        }
        String jabberId = before != null && !from.hasResource() ? before.jabberId() : from.toString();
        if (before == null || before.online() != online || !before.jabberId().equals(jabberId)) {
            contact.now = new XmppPresence(jabberId, online, at);
        }
        return news(contact);
    }

    /** It left a place where it was no more, or was never heard of. */
    private static boolean isNotOver(@Nullable XmppPresence before, Jid from) {
        return before == null
                || !before.online()
                || from.hasResource() && !before.jabberId().equals(from.toString());
    }

    /** What was told of a device before, by whichever connector. */
    public synchronized void told(DeviceKey device, XmppPresence presence) {
        try {
            Contact contact = of(JidCreate.from(presence.jabberId()).asBareJid());
            contact.device = device;
            contact.told = presence;
            if (contact.now == null) {
                contact.now = presence;
            }
        } catch (XmppStringprepException | IllegalArgumentException e) {
            throw new IllegalArgumentException(device + " was told of at no JID", e);
        }
    }

    private static Optional<News> news(Contact contact) {
        XmppPresence now = contact.now;
        DeviceKey device = contact.device;
        XmppPresence told = contact.told;
        if (now == null
                || device == null
                || told != null
                        && told.online() == now.online()
                        && told.jabberId().equals(now.jabberId())) {
            return Optional.empty();
        }
        contact.told = now;
        return Optional.of(new News(device, now));
    }
}
