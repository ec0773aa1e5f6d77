package org.homeward.xmppconnector;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Topic;
import org.homeward.kit.consumer.ConsumerSpec;
import org.homeward.kit.consumer.Consumers;
import org.homeward.kit.consumer.TailSpec;
import org.homeward.kit.events.EventFactory;
import org.homeward.kit.events.EventPublisher;
import org.homeward.xmppconnector.account.Accounts;
import org.homeward.xmppconnector.account.events.AccountRequests;
import org.homeward.xmppconnector.delivery.Delivery;
import org.homeward.xmppconnector.delivery.events.ConnectionRequests;
import org.homeward.xmppconnector.presence.Contacts;
import org.homeward.xmppconnector.presence.events.PresenceTopic;
import org.homeward.xmppconnector.stream.ServerPlace;
import org.homeward.xmppconnector.stream.Trust;
import org.homeward.xmppconnector.stream.XmppStream;
import org.jboss.logging.Logger;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/** One connector, put together: the stream, and what is asked and told on it. */
final class Connector implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Connector.class);

    /** Name of the consumer group, and of the connector in health. */
    static final String NAME = "xmpp-connector";

    /**
     * What the connector works with.
     *
     * @param fingerprint by which a password is recognised again
     */
    record Surroundings(
            Consumers consumers,
            EventPublisher publisher,
            Delivery.Unsealer unsealer,
            UnaryOperator<String> fingerprint,
            MeterRegistry meters,
            Clock clock) {}

    private final Consumers consumers;
    private final boolean presence;
    private final DomainBareJid domain;
    private final PresenceTopic presences;
    private final XmppStream stream;
    private final ConnectionRequests requests;
    private final AccountRequests accounts;

    /** @throws IllegalArgumentException when the configuration cannot be; the message names the setting */
    Connector(ConnectorConfig config, Surroundings around) {
        this.consumers = around.consumers();
        this.presence = config.presence();
        this.domain = domain(config.domain().orElseThrow());
        ServerPlace place = place(config, domain);
        EventFactory events = new EventFactory(around.clock(), "/" + NAME + "/" + place.resource());
        Contacts contacts = new Contacts();
        this.presences = new PresenceTopic(contacts, around.publisher(), events, around.clock());
        this.stream = new XmppStream(place, presences::heard, around.meters());
        this.requests = new ConnectionRequests(
                new Delivery(
                        stream,
                        contacts::whereabouts,
                        around.unsealer(),
                        new Delivery.Rules(deviceDomains(config, domain), config.answerTimeout()),
                        around.clock()),
                around.publisher(),
                events,
                config.maxInFlight(),
                around.meters());
        this.accounts = new AccountRequests(
                new Accounts(stream, stream::admits, domain, around.fingerprint(), config.connectTimeout()),
                around.unsealer()::open,
                this::opened,
                around.meters());
    }

    private static ServerPlace place(ConnectorConfig config, DomainBareJid domain) {
        return new ServerPlace(
                domain,
                config.host().orElse(null),
                config.port(),
                config.username(),
                config.password()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "homeward.xmpp-connector.domain is set and homeward.xmpp-connector.password is not")),
                resource(config),
                config.caFile().map(Trust::in).orElse(null),
                config.presence(),
                new ServerPlace.Times(config.connectTimeout(), config.ping(), config.minRetry(), config.maxRetry()));
    }

    private static DomainBareJid domain(String text) {
        try {
            return JidCreate.domainBareFrom(text);
        } catch (XmppStringprepException | IllegalArgumentException e) {
            throw new IllegalArgumentException("homeward.xmpp-connector: " + text + " is no domain", e);
        }
    }

    private static Set<DomainBareJid> deviceDomains(ConnectorConfig config, DomainBareJid own) {
        Set<DomainBareJid> domains = new LinkedHashSet<>();
        config.deviceDomains()
                .ifPresentOrElse(listed -> listed.forEach(each -> domains.add(domain(each))), () -> domains.add(own));
        return domains;
    }

    private static Resourcepart resource(ConnectorConfig config) {
        String id = config.connectorId().orElseGet(Connector::hostName);
        try {
            return Resourcepart.from(id);
        } catch (XmppStringprepException | IllegalArgumentException e) {
            throw new IllegalArgumentException("homeward.xmpp-connector.connector-id " + id + " is no resource", e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debugf(e, "this host has no name");
            return NAME;
        }
    }

    /** Requests are taken whether the stream is up or not: what cannot be sent is answered so. */
    Connector start() {
        stream.start();
        if (presence) {
            consumers.follow(TailSpec.fromBeginning("xmpp-presences", Topic.WAKEUP_PRESENCES, presences::follow));
        }
        consumers.start(ConsumerSpec.of(NAME, List.of(Topic.WAKEUP_REQUESTS_XMPP), requests));
        consumers.start(ConsumerSpec.of(NAME + "-accounts", List.of(Topic.WAKEUP_REQUESTS_XMPP), accounts)
                .withPassing(AccountRequests.NotNow.class::isInstance));
        return this;
    }

    private void opened(DeviceKey device, String localpart) {
        if (presence) {
            BareJid account = JidCreate.entityBareFrom(Localpart.fromOrThrowUnchecked(localpart), domain);
            presences.belongs(account, device);
            stream.subscribe(account);
        }
    }

    XmppStream stream() {
        return stream;
    }

    /** The consumers have to be closed before. */
    @Override
    public void close() {
        stream.close();
        requests.close();
    }
}
