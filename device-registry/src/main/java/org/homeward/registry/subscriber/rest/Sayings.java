package org.homeward.registry.subscriber.rest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a file said of each thing, so that a later line can't say something else: then the same file again would change
 * things back and forth. Sixteen bytes for each thing, of which a hash is kept and no content.
 */
final class Sayings {

    private static final double FULL = 0.6;

    private final MessageDigest digest;
    private long[] things = new long[1 << 12];
    private long[] saids = new long[1 << 12];
    private int size;

    Sayings() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM can't do SHA-256", e);
        }
    }

    /** Notes what is said of a thing. @return whether nothing else was said of it before */
    boolean agrees(String thing, String said) {
        long key = hash(thing);
        long value = hash(said);
        int place = place(things, key);
        if (things[place] == key) {
            return saids[place] == value;
        }
        things[place] = key;
        saids[place] = value;
        if (++size > FULL * things.length) {
            grow();
        }
        return true;
    }

    /** Never zero, which stands for nothing. */
    private long hash(String text) {
        long hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == 0 ? 1 : hash;
    }

    private static int place(long[] table, long key) {
        int place = (int) key & table.length - 1;
        while (table[place] != 0 && table[place] != key) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }

    private void grow() {
        long[] before = things;
        long[] said = saids;
        things = new long[before.length * 2];
        saids = new long[before.length * 2];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 0) {
                int place = place(things, before[i]);
                things[place] = before[i];
                saids[place] = said[i];
            }
        }
    }
}
