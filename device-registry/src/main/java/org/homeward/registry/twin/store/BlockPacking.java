package org.homeward.registry.twin.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.registry.twin.TwinEntry;
import org.homeward.registry.twin.TwinEntry.Access;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a block as bytes: each path as the length it shares with the one before and its rest, flags, value,
 * and the time it was seen where that is not the block's own; the whole compressed by Zstandard. Some 8 bytes for a
 * parameter.
 *
 * <p>Layout: version, length of what follows when it is decompressed, and then compressed: count, base time,
 * entries. All numbers are varints, times zigzag.
 */
public final class BlockPacking {

    private static final byte VERSION = 2;
    /** What earlier releases wrote. */
    private static final byte DEFLATED = 1;
    /** The fastest of the ordinary levels of Zstandard. */
    private static final int LEVEL = 1;

    private static final int HAS_VALUE = 1 << 6;
    private static final int SECRET = 1 << 7;
    private static final int LATE = 1 << 8;
    private static final int OWN_TIME = 1 << 9;
    private static final int OBJECT = 15;
    private static final ValueType[] TYPES = ValueType.values();
    private static final Access[] ACCESS = Access.values();

    private BlockPacking() {}

    /** @param entries sorted by path */
    public static byte[] pack(Collection<TwinEntry> entries) {
        var raw = new Writer();
        long base = commonTime(entries);
        raw.number(entries.size());
        raw.signed(base);
        byte[] previous = new byte[0];
        for (TwinEntry entry : entries) {
            byte[] path = entry.path().getBytes(StandardCharsets.UTF_8);
            int shared = java.util.Arrays.mismatch(previous, path);
            shared = shared < 0 ? path.length : shared;
            raw.number(shared);
            raw.bytes(path, shared);
            previous = path;
            String value = entry.value();
            raw.number((entry.isObject() ? OBJECT : entry.type().ordinal())
                    | entry.access().ordinal() << 4
                    | (value == null ? 0 : HAS_VALUE)
                    | (entry.secret() ? SECRET : 0)
                    | (entry.late() ? LATE : 0)
                    | (entry.seen() == base ? 0 : OWN_TIME));
            if (value != null) {
                raw.bytes(value.getBytes(StandardCharsets.UTF_8), 0);
            }
            if (entry.seen() != base) {
                raw.signed(entry.seen() - base);
            }
        }
        return compressed(raw);
    }

    /** The time that most entries share: that of a whole read. Counters seen since differ from it. */
    private static long commonTime(Collection<TwinEntry> entries) {
        long candidate = 0;
        int votes = 0;
        for (TwinEntry entry : entries) {
            if (votes == 0) {
                candidate = entry.seen();
                votes = 1;
            } else {
                votes += candidate == entry.seen() ? 1 : -1;
            }
        }
        return candidate;
    }

    /** @throws IllegalArgumentException when the bytes are not a packed block */
    public static List<TwinEntry> unpack(byte[] packed) {
        var raw = new Reader(plain(packed), 0);
        int count = (int) raw.number();
        long base = raw.signed();
        List<TwinEntry> entries = new ArrayList<>(count);
        byte[] previous = new byte[0];
        for (int i = 0; i < count; i++) {
            int shared = (int) raw.number();
            int rest = (int) raw.number();
            byte[] path = java.util.Arrays.copyOf(previous, shared + rest);
            raw.copy(path, shared, rest);
            previous = path;
            int flags = (int) raw.number();
            String value = (flags & HAS_VALUE) == 0 ? null : raw.text();
            long seen = (flags & OWN_TIME) == 0 ? base : base + raw.signed();
            int type = flags & 15;
            entries.add(new TwinEntry(
                    new String(path, StandardCharsets.UTF_8),
                    value,
                    type == OBJECT ? ValueType.UNKNOWN : TYPES[type],
                    ACCESS[flags >> 4 & 3],
                    (flags & SECRET) != 0,
                    (flags & LATE) != 0,
                    seen));
        }
        return entries;
    }

    private static byte[] compressed(Writer raw) {
        var out = new Writer();
        out.write(VERSION);
        out.number(raw.size());
        byte[] frame = Zstd.compress(raw.toByteArray(), LEVEL);
        out.write(frame, 0, frame.length);
        return out.toByteArray();
    }

    private static byte[] plain(byte[] packed) {
        byte version = packed.length == 0 ? 0 : packed[0];
        return switch (version) {
            case VERSION -> decompress(packed);
            case DEFLATED -> inflate(packed);
            default -> throw new IllegalArgumentException("not a packed block of version " + VERSION);
        };
    }

    private static byte[] decompress(byte[] packed) {
        var head = new Reader(packed, 1);
        byte[] raw = new byte[(int) head.number()];
        try {
            long length = Zstd.decompressByteArray(raw, 0, raw.length, packed, head.at, packed.length - head.at);
            if (length == raw.length) {
                return raw;
            }
        } catch (ZstdException e) {
            throw new IllegalArgumentException("not a packed block", e);
        }
        throw new IllegalArgumentException("packed block is cut short");
    }

    private static byte[] inflate(byte[] packed) {
        var head = new Reader(packed, 1);
        byte[] raw = new byte[(int) head.number()];
        try (var inflater = new Inflater(true)) {
            inflater.setInput(packed, head.at, packed.length - head.at);
            int length = 0;
            while (length < raw.length && !inflater.finished()) {
                int inflated = inflater.inflate(raw, length, raw.length - length);
                if (inflated == 0) {
                    // nothing more comes from a block that is cut short; going on would never end
                    break;
                }
                length += inflated;
            }
            if (length < raw.length) {
                throw new IllegalArgumentException("packed block is cut short");
            }
            return raw;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a packed block", e);
        }
    }

    private static final class Writer extends ByteArrayOutputStream {

        void number(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            write((int) rest);
        }

        void signed(long value) {
            number(value << 1 ^ value >> 63);
        }

        void bytes(byte[] bytes, int from) {
            number(bytes.length - from);
            write(bytes, from, bytes.length - from);
        }
    }

    private static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[at++];
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }

        long signed() {
            long value = number();
            return value >>> 1 ^ -(value & 1);
        }

        void copy(byte[] to, int from, int length) {
            System.arraycopy(bytes, at, to, from, length);
            at += length;
        }

        @Nullable
        String text() {
            int length = (int) number();
            at += length;
            return new String(bytes, at - length, length, StandardCharsets.UTF_8);
        }
    }
}
