package org.homeward.stunconnector.codec;

import java.net.InetSocketAddress;
import java.util.List;

/** One attribute of a STUN message (RFC 3489 11.2, RFC 5389 15, TR-069 Annex G). */
public sealed interface Attribute {

    /** Which address an address attribute tells. */
    enum Of {
        /** Where the request came from, as the server saw it. */
        MAPPED(0x0001),
        /** Where the client would like the answer to go. */
        RESPONSE(0x0002),
        /** Where the answer comes from. */
        SOURCE(0x0004),
        /** Where it would come from with both flags of CHANGE-REQUEST. */
        CHANGED(0x0005),
        /** Whose request made us send this answer to another port. */
        REFLECTED_FROM(0x000b),
        /** {@link #MAPPED}, hidden from NATs that rewrite what looks like an address (RFC 5389 15.2). */
        XOR_MAPPED(0x0020),
        /** {@link #CHANGED} by its newer name (RFC 5780 7.4). */
        OTHER(0x802c);

        final int type;

        Of(int type) {
            this.type = type;
        }
    }

    /** An address and a port; IPv4 or IPv6, never a name. */
    record Address(Of of, InetSocketAddress address) implements Attribute {}

    /** What the server should answer from instead (RFC 3489 11.2.4). */
    record ChangeRequest(boolean address, boolean port) implements Attribute {}

    /** USERNAME; what CPEs fill up with to a multiple of four bytes is part of it. */
    record Username(String value) implements Attribute {}

    record Realm(String value) implements Attribute {}

    record Nonce(String value) implements Attribute {}

    /** The port that this comes from listens for UDP connection requests (TR-069 Annex G, 0xC001). */
    record ConnectionRequestBinding() implements Attribute {}

    /** The binding is another than before (TR-069 Annex G, 0xC002). */
    record BindingChange() implements Attribute {}

    /** @param code 100 to 699 */
    record ErrorCode(int code, String reason) implements Attribute {}

    /** The attributes that the server did not understand. */
    record UnknownAttributes(List<Integer> types) implements Attribute {
        public UnknownAttributes {
            types = List.copyOf(types);
        }
    }

    /** HMAC-SHA1 over all before it. @param at where in the message the attribute begins */
    record MessageIntegrity(int at) implements Attribute {}

    /** CRC-32 over all before it (RFC 5389 15.5). */
    record Fingerprint(boolean correct) implements Attribute {}

    /** One that we do not know. */
    record Unknown(int type) implements Attribute {
        /** Whether whoever does not know it must not go on (types below 0x8000). */
        public boolean mustBeUnderstood() {
            return type < 0x8000;
        }
    }
}
