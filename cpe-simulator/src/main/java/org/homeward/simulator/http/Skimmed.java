package org.homeward.simulator.http;

import java.io.OutputStream;
import java.util.Arrays;

/** Takes a body of any size and keeps how long it was, when it came, and its first bytes. */
public final class Skimmed extends OutputStream {
    private final byte[] head;
    private long length;
    private long began;
    private long ended;

    public Skimmed(int keep) {
        head = new byte[keep];
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        if (length == 0) {
            began = System.nanoTime();
        }
        if (length < head.length) {
            System.arraycopy(bytes, offset, head, (int) length, (int) Math.min(count, head.length - length));
        }
        length += count;
        ended = System.nanoTime();
    }

    public long length() {
        return length;
    }

    public byte[] head() {
        return Arrays.copyOf(head, (int) Math.min(length, head.length));
    }

    /** {@link System#nanoTime} of the first byte; that of now when none has come. */
    public long began() {
        return length == 0 ? System.nanoTime() : began;
    }

    /** {@link System#nanoTime} of the last byte. */
    public long ended() {
        return length == 0 ? System.nanoTime() : ended;
    }
}
