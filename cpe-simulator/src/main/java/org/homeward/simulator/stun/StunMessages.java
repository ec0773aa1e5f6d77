package org.homeward.simulator.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a CPE's STUN client says and understands (RFC 3489 as TR-069 Annex G uses it). */
final class StunMessages {

    private static final int HEADER = 20;
    private static final int BLOCK = 64;

    /**
     * An answer.
     *
     * @param transaction in hexadecimal
     * @param error 0 for a Binding Response
     */
    record Answer(String transaction, int error, Optional<InetSocketAddress> mapped) {}

    /** A Binding Request in the making. */
    static final class Request {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Request(byte[] transaction) {
            out.writeBytes(new byte[] {0, 1, 0, 0});
            out.writeBytes(transaction);
        }

        Request connectionRequestBinding() {
            return attribute(0xc001, "dslforum.org/TR-111 ".getBytes(UTF_8));
        }

        Request bindingChange() {
            return attribute(0xc002, new byte[0]);
        }

        Request username(String username) {
            byte[] name = username.getBytes(UTF_8);
            return attribute(0x0006, Arrays.copyOf(name, name.length + 3 & ~3));
        }

        Request responseAddress(InetSocketAddress address) {
            byte[] raw = address.getAddress().getAddress();
            ByteBuffer value = ByteBuffer.allocate(4 + raw.length)
                    .put((byte) 0)
                    .put((byte) (raw.length == 4 ? 1 : 2))
                    .putShort((short) address.getPort())
                    .put(raw);
            return attribute(0x0002, value.array());
        }

        private Request attribute(int type, byte[] value) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .putShort((short) type)
                    .putShort((short) value.length)
                    .array());
            out.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            byte[] bytes = out.toByteArray();
            ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - HEADER));
            return bytes;
        }

        /** With MESSAGE-INTEGRITY at its end: over all before it, filled up with zeros to whole blocks. */
        byte[] signed(String password) {
            byte[] bytes = out.toByteArray();
            ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - HEADER + 24));
            byte[] filled = Arrays.copyOf(bytes, (bytes.length + BLOCK - 1) / BLOCK * BLOCK);
            byte[] signature = hmac(password, filled);
            return ByteBuffer.allocate(bytes.length + 24)
                    .put(bytes)
                    .putShort((short) 0x0008)
                    .putShort((short) 20)
                    .put(signature)
                    .array();
        }
    }

    private StunMessages() {}

    static byte[] hmac(String key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            // A key of no length is none to Java, and the same as one of zeros to HMAC.
            mac.init(new SecretKeySpec(key.isEmpty() ? new byte[1] : key.getBytes(UTF_8), "HmacSHA1"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't do HmacSHA1", e);
        }
    }

    /** Empty for what is no answer to a Binding Request. */
    static Optional<Answer> answer(byte[] datagram) {
        if (datagram.length < HEADER) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(datagram);
        int type = bytes.getShort(0);
        int end = HEADER + (bytes.getShort(2) & 0xffff);
        if (type != 0x0101 && type != 0x0111 || end > datagram.length) {
            return Optional.empty();
        }
        String transaction = HexFormat.of().formatHex(datagram, 4, HEADER);
        int error = type == 0x0111 ? 500 : 0;
        Optional<InetSocketAddress> mapped = Optional.empty();
        int at = HEADER;
        while (at + 4 <= end) {
            int attribute = bytes.getShort(at) & 0xffff;
            int length = bytes.getShort(at + 2) & 0xffff;
            if (at + 4 + length > end) {
                return Optional.empty();
            }
            if (attribute == 0x0001 && length >= 8) {
                mapped = address(bytes, at + 4, length);
            } else if (attribute == 0x0009 && length >= 4) {
                error = (bytes.get(at + 6) & 7) * 100 + bytes.get(at + 7);
            }
            at += 4 + (length + 3 & ~3);
        }
        return Optional.of(new Answer(transaction, error, mapped));
    }

    private static Optional<InetSocketAddress> address(ByteBuffer bytes, int at, int length) {
        byte[] raw = new byte[length - 4];
        bytes.get(at + 4, raw);
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(raw), bytes.getShort(at + 2) & 0xffff));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
