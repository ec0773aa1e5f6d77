package org.homeward.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.contracts.device.DeviceEvent;
import org.homeward.contracts.device.DeviceFacts;
import org.homeward.contracts.order.OrderCommand;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.wakeup.DeliverConnectionRequest;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.UdpWakeUp;
import org.homeward.contracts.wakeup.WakeUpResult;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.contracts.wakeup.XmppWakeUp;

/** Every message record, and its CloudEvents type: {@code org.homeward.} and the record's name. */
public final class MessageTypes {

    private static final List<Class<? extends Message>> ALL = Stream.of(
                    SessionEvent.class,
                    SessionTranscript.class,
                    GatewayCommand.class,
                    OrderCommand.class,
                    OrderEvent.class,
                    DeviceEvent.class,
                    DeviceFacts.class,
                    DeviceCredentials.class,
                    DeliverConnectionRequest.class,
                    UdpWakeUp.class,
                    UdpBinding.class,
                    XmppWakeUp.class,
                    XmppPresence.class,
                    WakeUpResult.class)
            .<Class<? extends Message>>flatMap(MessageTypes::members)
            .toList();

    private static final Map<String, Class<? extends Message>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(MessageTypes::typeOf, Function.identity()));

    private MessageTypes() {}

    private static Stream<Class<? extends Message>> members(Class<? extends Message> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).map(member -> member.asSubclass(Message.class))
                : Stream.of(family);
    }

    /** All message records. */
    public static List<Class<? extends Message>> all() {
        return ALL;
    }

    /** The CloudEvents type under which a message record travels. */
    public static String typeOf(Class<? extends Message> message) {
        return "org.homeward." + message.getSimpleName();
    }

    /** The record of a CloudEvents type; empty for one that this version does not know. */
    public static Optional<Class<? extends Message>> recordOf(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }
}
