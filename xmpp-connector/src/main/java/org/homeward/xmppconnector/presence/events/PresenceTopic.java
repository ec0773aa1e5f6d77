package org.homeward.xmppconnector.presence.events;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.kit.consumer.Delivery;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.xmppconnector.presence.Contacts;
import org.jboss.logging.Logger;
import org.jivesoftware.smack.packet.Presence;
import org.jxmpp.jid.BareJid;

/**
 * The topic {@code wakeup.presences}, both ways: publishes what changes, and learns from it what was told before and whose
 * account is whose. When the stream breaks nothing is told: that says something of us, not of devices.
 */
public final class PresenceTopic {

    private static final Logger LOG = Logger.getLogger(PresenceTopic.class);

    private final Contacts contacts;
    private final EventPublisher publisher;
    private final EventFactory events;
    private final Clock clock;

    public PresenceTopic(Contacts contacts, EventPublisher publisher, EventFactory events, Clock clock) {
        this.contacts = contacts;
        this.publisher = publisher;
        this.events = events;
        this.clock = clock;
    }

    /** A presence stanza; never blocks. */
    public void heard(Presence presence) {
        Presence.Type type = presence.getType();
        if (presence.getFrom() != null && (type == Presence.Type.available || type == Presence.Type.unavailable)) {
            contacts.heard(
                            presence.getFrom(),
                            type == Presence.Type.available,
                            clock.instant().truncatedTo(ChronoUnit.SECONDS))
                    .ifPresent(this::publish);
        }
    }

    /** An account is a device's. */
    public void belongs(BareJid account, DeviceKey device) {
        contacts.belongs(account, device).ifPresent(this::publish);
    }

    private void publish(Contacts.News news) {
        publisher
                .publish(Topic.WAKEUP_PRESENCES, events.event(news.device(), news.presence()))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        LOG.warnf(
                                "the presence of %s is told of when it changes: %s",
                                news.device(), failure.getMessage());
                    }
                });
    }

    /** What the topic holds, and what comes. */
    public void follow(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Arrived arrived && arrived.event().data() instanceof XmppPresence told) {
                contacts.told(arrived.key(), told);
            }
        }
    }
}
