package org.homeward.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Takes a body of any size and keeps how long it was, when it came, and its first bytes. */
public final class Skimmed extends OutputStream {
    private final int keep;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private long length;
    private long began;
    private long ended;

    public Skimmed(int keep) {
        this.keep = keep;
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
        head.write(bytes, offset, Math.min(count, keep - head.size()));
        length += count;
        ended = System.nanoTime();
    }

    public long length() {
        return length;
    }

    public byte[] head() {
        return head.toByteArray();
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
