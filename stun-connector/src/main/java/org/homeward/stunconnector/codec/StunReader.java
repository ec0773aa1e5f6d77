package org.homeward.stunconnector.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.homeward.stunconnector.codec.Attribute.Of;
import org.jspecify.annotations.Nullable;

/**
 * Reads STUN messages, of clients that hold to RFC 3489 or RFC 5389 and of those that nearly do: attributes whose length
 * is no multiple of four are taken with and without filling. Never throws, never reads past the end.
 */
public final class StunReader {

    /** Longer ones are nobody's Binding Request. */
    public static final int MAX_LENGTH = 1024;

    private static final int MAX_ATTRIBUTES = 32;
    private static final int XOR_FINGERPRINT = 0x5354_554e;
    private static final int INTEGRITY_LENGTH = 20;
    private static final byte[] TR_111 = "dslforum.org/TR-111".getBytes(UTF_8);

    private StunReader() {}

    /** @param datagram not kept */
    public static Reading read(byte[] datagram) {
        if (datagram.length < StunMessage.HEADER || (datagram[0] & 0xc0) != 0) {
            return new Reading.NotStun();
        }
        if (datagram.length > MAX_LENGTH) {
            return new Reading.Malformed("longer than " + MAX_LENGTH + " bytes");
        }
        int end = StunMessage.HEADER + Bytes.int16(datagram, 2);
        if (end > datagram.length) {
            return new Reading.Malformed("shorter than it says");
        }
        byte[] bytes = Arrays.copyOf(datagram, end);
        Reading padded = read(bytes, true);
        if (padded instanceof Reading.Read) {
            return padded;
        }
        return read(bytes, false) instanceof Reading.Read unpadded ? unpadded : padded;
    }

    private static Reading read(byte[] bytes, boolean padded) {
        List<Attribute> attributes = new ArrayList<>(6);
        boolean signed = false;
        int at = StunMessage.HEADER;
        while (at < bytes.length) {
            if (bytes.length - at < 4) {
                return new Reading.Malformed("an attribute without a length");
            }
            if (attributes.size() == MAX_ATTRIBUTES) {
                return new Reading.Malformed("more than " + MAX_ATTRIBUTES + " attributes");
            }
            int type = Bytes.int16(bytes, at);
            int length = Bytes.int16(bytes, at + 2);
            if (length > bytes.length - at - 4) {
                return new Reading.Malformed("attribute 0x%04x reaches past the end".formatted(type));
            }
            Attribute attribute = attribute(bytes, at, type, length);
            if (attribute == null) {
                return new Reading.Malformed("attribute 0x%04x has a wrong shape".formatted(type));
            }
            // What stands behind the integrity is not under it.
            if (!signed || attribute instanceof Attribute.Fingerprint) {
                attributes.add(attribute);
            }
            signed |= attribute instanceof Attribute.MessageIntegrity;
            // The last attribute may come without its filling.
            at = Math.min(bytes.length, at + 4 + (padded ? Bytes.padded(length) : length));
        }
        return new Reading.Read(new StunMessage(Bytes.int16(bytes, 0), attributes, bytes));
    }

    private static @Nullable Attribute attribute(byte[] bytes, int at, int type, int length) {
        int value = at + 4;
        return switch (type) {
            case 0x0001 -> address(Of.MAPPED, bytes, value, length);
            case 0x0002 -> address(Of.RESPONSE, bytes, value, length);
            case 0x0004 -> address(Of.SOURCE, bytes, value, length);
            case 0x0005 -> address(Of.CHANGED, bytes, value, length);
            case 0x000b -> address(Of.REFLECTED_FROM, bytes, value, length);
            case 0x0020 -> address(Of.XOR_MAPPED, bytes, value, length);
            case 0x802c -> address(Of.OTHER, bytes, value, length);
            case 0x0003 ->
                length == 4
                        ? new Attribute.ChangeRequest((bytes[value + 3] & 4) != 0, (bytes[value + 3] & 2) != 0)
                        : null;
            case 0x0006 -> new Attribute.Username(text(bytes, value, length));
            case 0x0014 -> new Attribute.Realm(text(bytes, value, length));
            case 0x0015 -> new Attribute.Nonce(text(bytes, value, length));
            case 0x0008 -> length == INTEGRITY_LENGTH ? new Attribute.MessageIntegrity(at) : null;
            case 0x0009 -> errorCode(bytes, value, length);
            case 0x000a -> unknownAttributes(bytes, value, length);
            case 0x8028 -> length == 4 ? fingerprint(bytes, at) : null;
            case 0xc001 ->
                // Some CPEs leave out the blank at its end.
                length >= TR_111.length && Arrays.equals(bytes, value, value + TR_111.length, TR_111, 0, TR_111.length)
                        ? new Attribute.ConnectionRequestBinding()
                        : new Attribute.Unknown(type);
            case 0xc002 -> new Attribute.BindingChange();
            default -> new Attribute.Unknown(type);
        };
    }

    private static Attribute.@Nullable Address address(Of of, byte[] bytes, int at, int length) {
        int family = length >= 8 ? bytes[at + 1] : 0;
        int size = family == 1 ? 4 : family == 2 ? 16 : 0;
        if (size == 0 || length != 4 + size) {
            return null;
        }
        int port = Bytes.int16(bytes, at + 2);
        byte[] raw = Arrays.copyOfRange(bytes, at + 4, at + 4 + size);
        if (of == Of.XOR_MAPPED) {
            port ^= StunMessage.MAGIC_COOKIE >>> 16;
            for (int i = 0; i < size; i++) {
                raw[i] ^= bytes[4 + i];
            }
        }
        try {
            return new Attribute.Address(of, new InetSocketAddress(InetAddress.getByAddress(raw), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are an address", e);
        }
    }

    private static Attribute.@Nullable ErrorCode errorCode(byte[] bytes, int at, int length) {
        if (length < 4) {
            return null;
        }
        int code = (bytes[at + 2] & 7) * 100 + (bytes[at + 3] & 0xff);
        return new Attribute.ErrorCode(code, text(bytes, at + 4, length - 4).stripTrailing());
    }

    private static Attribute.UnknownAttributes unknownAttributes(byte[] bytes, int at, int length) {
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i + 1 < length; i += 2) {
            types.add(Bytes.int16(bytes, at + i));
        }
        return new Attribute.UnknownAttributes(types);
    }

    private static Attribute.Fingerprint fingerprint(byte[] bytes, int at) {
        return new Attribute.Fingerprint(fingerprintOf(bytes, at) == Bytes.int32(bytes, at + 4));
    }

    /** The fingerprint of what stands before a place. */
    static int fingerprintOf(byte[] bytes, int at) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, at);
        return (int) crc.getValue() ^ XOR_FINGERPRINT;
    }

    /** Text up to the zeros that some fill it up with. */
    private static String text(byte[] bytes, int at, int length) {
        int end = at + length;
        while (end > at && bytes[end - 1] == 0) {
            end--;
        }
        return new String(bytes, at, end - at, UTF_8);
    }
}
