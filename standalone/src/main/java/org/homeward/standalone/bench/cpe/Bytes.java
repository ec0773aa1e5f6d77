package org.homeward.standalone.bench.cpe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, and are used again and again. */
final class Bytes {

    private byte[] bytes;
    private int length;

    Bytes(int capacity) {
        bytes = new byte[capacity];
    }

    Bytes add(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    Bytes add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Text as the content of an XML element. */
    Bytes escaped(String text) {
        boolean plain = true;
        for (int i = 0; plain && i < text.length(); i++) {
            char c = text.charAt(i);
            plain = c != '&' && c != '<' && c != '>';
        }
        return add(
                plain ? text : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    Bytes add(ByteBuffer more) {
        int count = more.remaining();
        room(count);
        more.get(bytes, length, count);
        length += count;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** What is in it, until it is changed. */
    byte[] array() {
        return bytes;
    }

    String text() {
        return text(0, length);
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
