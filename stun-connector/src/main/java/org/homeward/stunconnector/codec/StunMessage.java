package org.homeward.stunconnector.codec;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A STUN message that was read.
 *
 * @param type such as {@link #BINDING_REQUEST}
 * @param attributes in the order of the message; of what stands after MESSAGE-INTEGRITY only FINGERPRINT
 * @param bytes as they came, which is what integrity is checked over
 */
public record StunMessage(int type, List<Attribute> attributes, byte[] bytes) {

    public static final int BINDING_REQUEST = 0x0001;
    public static final int BINDING_RESPONSE = 0x0101;
    public static final int BINDING_ERROR = 0x0111;

    /** What the transaction id of RFC 5389 begins with. */
    public static final int MAGIC_COOKIE = 0x2112_a442;

    static final int HEADER = 20;
    static final int TRANSACTION = 16;

    public StunMessage {
        attributes = List.copyOf(attributes);
    }

    /** The 16 bytes that an answer repeats; in RFC 5389 the magic cookie and 12 more. */
    public byte[] transaction() {
        return Arrays.copyOfRange(bytes, HEADER - TRANSACTION, HEADER);
    }

    /** Whether the client speaks RFC 5389. */
    public boolean hasMagicCookie() {
        return Bytes.int32(bytes, 4) == MAGIC_COOKIE;
    }

    /** The first attribute of a kind. */
    public <A extends Attribute> Optional<A> first(Class<A> kind) {
        return all(kind).findFirst();
    }

    public boolean has(Class<? extends Attribute> kind) {
        return all(kind).findAny().isPresent();
    }

    public <A extends Attribute> Stream<A> all(Class<A> kind) {
        return attributes.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The address of a kind, if the message tells one. */
    public Optional<InetSocketAddress> address(Attribute.Of of) {
        return all(Attribute.Address.class)
                .filter(address -> address.of() == of)
                .map(Attribute.Address::address)
                .findFirst();
    }

    @Override
    public String toString() {
        return "StunMessage[type=0x%04x, attributes=%s]".formatted(type, attributes);
    }
}
