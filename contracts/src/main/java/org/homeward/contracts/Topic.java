package org.homeward.contracts;

import java.time.Duration;

/** The topics, their names and how long they keep what they carry. */
public enum Topic {
    /** {@code SessionEvent}s, by device. Co-partitioned with {@link #DEVICE_ORDERS}. */
    SESSION_EVENTS("cwmp.session.events", Duration.ofDays(7)),
    /** {@code SessionTranscript}s of sessions that worked, failed or are traced, by device. */
    SESSION_TRANSCRIPTS("cwmp.session.transcripts", Duration.ofDays(1)),
    /** {@code GatewayCommand}s, to the partition that the session's InformReceived named. */
    SESSION_PLANS("cwmp.session.plans", Duration.ofMinutes(10)),
    /** {@code OrderCommand}s, by device. Co-partitioned with {@link #SESSION_EVENTS}. */
    DEVICE_ORDERS("device.orders", Duration.ofDays(7)),
    /** {@code OrderEvent}s, by device. */
    ORDER_EVENTS("device.order.events", Duration.ofDays(30)),
    /** {@code DeviceEvent}s, by device. */
    DEVICE_EVENTS("device.events", Duration.ofDays(30)),
    /** The latest {@code DeviceFacts} of each device; compacted. */
    DEVICE_FACTS("device.facts", Duration.ZERO),
    /** The latest {@code DeviceCredentials} of each device that has its own; compacted. */
    DEVICE_CREDENTIALS("device.credentials", Duration.ZERO),
    /** {@code DeliverConnectionRequest}s for the HTTP connector, by device. */
    WAKEUP_REQUESTS_HTTP("wakeup.requests.http", Duration.ofHours(1)),
    /** {@code UdpWakeUp}s, to the partition that the device's {@code UdpBinding} named. */
    WAKEUP_REQUESTS_STUN("wakeup.requests.stun", Duration.ofHours(1)),
    /** {@code XmppWakeUp}s for the XMPP connector, by device. */
    WAKEUP_REQUESTS_XMPP("wakeup.requests.xmpp", Duration.ofHours(1)),
    /** The latest {@code UdpBinding} of each device that keeps one; compacted. */
    WAKEUP_BINDINGS("wakeup.bindings", Duration.ZERO),
    /** The latest {@code XmppPresence} of each device that the XMPP server told of; compacted. */
    WAKEUP_PRESENCES("wakeup.presences", Duration.ZERO),
    /** {@code WakeUpResult}s, by device. */
    WAKEUP_RESULTS("wakeup.results", Duration.ofDays(1));

    private final String topicName;
    private final Duration retention;

    Topic(String topicName, Duration retention) {
        this.topicName = topicName;
        this.retention = retention;
    }

    public String topicName() {
        return topicName;
    }

    /** How long records are kept; {@link Duration#ZERO} where only the latest of each key is. */
    public Duration retention() {
        return retention;
    }

    /** Whether the topic keeps the latest record of each key rather than a stretch of time. */
    public boolean isCompacted() {
        return retention.isZero();
    }

    /** Where {@code consumer} puts records of this topic that it could not handle; kept 14 days. */
    public String deadLetters(String consumer) {
        return topicName + '.' + consumer + ".dead";
    }
}
