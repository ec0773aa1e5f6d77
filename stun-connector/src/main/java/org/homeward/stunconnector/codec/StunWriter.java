package org.homeward.stunconnector.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Writes a STUN message, attribute by attribute. */
public final class StunWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    private final byte[] transaction;

    private StunWriter(int type, byte[] transaction) {
        if (transaction.length != StunMessage.TRANSACTION) {
            throw new IllegalArgumentException("a transaction id has 16 bytes");
        }
        this.transaction = transaction.clone();
        out.writeBytes(new byte[] {(byte) (type >> 8), (byte) type, 0, 0});
        out.writeBytes(transaction);
    }

    /** @param transaction 16 bytes; those of the question in an answer */
    public static StunWriter message(int type, byte[] transaction) {
        return new StunWriter(type, transaction);
    }

    public StunWriter address(Attribute.Of of, InetSocketAddress address) {
        byte[] raw = address.getAddress().getAddress();
        byte[] value = new byte[4 + raw.length];
        value[1] = (byte) (raw.length == 4 ? 1 : 2);
        int port = address.getPort();
        if (of == Attribute.Of.XOR_MAPPED) {
            port ^= StunMessage.MAGIC_COOKIE >>> 16;
            for (int i = 0; i < raw.length; i++) {
                raw[i] ^= transaction[i];
            }
        }
        Bytes.put16(value, 2, port);
        System.arraycopy(raw, 0, value, 4, raw.length);
        return attribute(of.type, value);
    }

    public StunWriter username(String username) {
        return attribute(0x0006, username.getBytes(UTF_8));
    }

    public StunWriter realm(String realm) {
        return attribute(0x0014, realm.getBytes(UTF_8));
    }

    public StunWriter nonce(String nonce) {
        return attribute(0x0015, nonce.getBytes(UTF_8));
    }

    public StunWriter changeRequest(boolean address, boolean port) {
        return attribute(0x0003, new byte[] {0, 0, 0, (byte) ((address ? 4 : 0) | (port ? 2 : 0))});
    }

    public StunWriter connectionRequestBinding() {
        return attribute(0xc001, "dslforum.org/TR-111 ".getBytes(UTF_8));
    }

    public StunWriter bindingChange() {
        return attribute(0xc002, new byte[0]);
    }

    /** @param reason of a length that is a multiple of four (RFC 3489 11.2.9) */
    public StunWriter error(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        byte[] value = new byte[4 + text.length];
        value[2] = (byte) (code / 100);
        value[3] = (byte) (code % 100);
        System.arraycopy(text, 0, value, 4, text.length);
        return attribute(0x0009, value);
    }

    /** An odd number is made even by naming the last one twice (RFC 3489 11.2.10). */
    public StunWriter unknownAttributes(List<Integer> types) {
        byte[] value = new byte[Bytes.padded(2 * types.size())];
        for (int i = 0; i < value.length / 2; i++) {
            Bytes.put16(value, 2 * i, types.get(Math.min(i, types.size() - 1)));
        }
        return attribute(0x000a, value);
    }

    /** Signs what was written so far; only {@link #fingerprint} may follow. */
    public StunWriter integrity(Integrity way, String password) {
        byte[] signed = out.toByteArray();
        Bytes.put16(signed, 2, signed.length - StunMessage.HEADER + 4 + Integrity.LENGTH);
        return attribute(0x0008, way.sign(signed, password.getBytes(UTF_8)));
    }

    public StunWriter fingerprint() {
        byte[] before = out.toByteArray();
        Bytes.put16(before, 2, before.length - StunMessage.HEADER + 8);
        byte[] value = new byte[4];
        Bytes.put32(value, 0, StunReader.fingerprintOf(before, before.length));
        return attribute(0x8028, value);
    }

    private StunWriter attribute(int type, byte[] value) {
        out.writeBytes(new byte[] {(byte) (type >> 8), (byte) type, (byte) (value.length >> 8), (byte) value.length});
        out.writeBytes(Arrays.copyOf(value, Bytes.padded(value.length)));
        return this;
    }

    public byte[] bytes() {
        byte[] message = out.toByteArray();
        Bytes.put16(message, 2, message.length - StunMessage.HEADER);
        return message;
    }
}
