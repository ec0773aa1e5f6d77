package org.homeward.provisioning.reconcile;

import java.time.Instant;
import org.homeward.contracts.rpc.SensitivePaths;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.homeward.provisioning.reconcile.Item.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * How one parameter stands to what is wanted of it.
 *
 * @param until when it changes by itself; null where it does not
 */
public record Judgement(State state, @Nullable Instant until) {

    public enum State {
        /** It is as it should be, and the device has said so; of secrets, the device has taken it. */
        VERIFIED,
        /** The user of the box made it something else, and the profile says that this stays. */
        KEPT,
        /** The device has no such parameter. */
        MISSING,
        /** It has to be read before anything can be said. */
        UNREAD,
        /** It is to be written. */
        PENDING,
        /** The device took the value and says another. */
        DIVERGING,
        /** The device refused the value. */
        REFUSED,
        /** The device took the value and said that it takes effect later. */
        LATER,
        /** It was written so often of late that somebody else must be writing too. */
        QUARREL
    }

    static Judgement of(String path, Wanted wanted, Item item, Secrecy secrecy, Instant now) {
        String want = want(path, wanted, secrecy);
        boolean secret = isSecret(path);
        if (secret ? want.equals(item.base()) : item.says(want)) {
            return new Judgement(State.VERIFIED, null);
        }
        if (!item.read()) {
            return new Judgement(State.UNREAD, null);
        }
        if (item.missing()) {
            return new Judgement(State.MISSING, null);
        }
        if (wanted.userChange() == UserChange.KEEP && wasChangedByUser(item, secret)) {
            return new Judgement(State.KEPT, null);
        }
        if (wanted.userChange() == UserChange.CHOSEN && want.equals(item.base())) {
            return new Judgement(State.KEPT, null);
        }
        Trouble trouble = item.trouble();
        if (trouble != null && trouble.want().equals(want) && trouble.kind() != Item.Kind.SUSPECT) {
            Instant next = trouble.notBefore();
            if (next == null || now.isBefore(next)) {
                return new Judgement(State.valueOf(trouble.kind().name()), next);
            }
        }
        Instant quarrel = item.quarrelUntil(now);
        return quarrel == null ? new Judgement(State.PENDING, null) : new Judgement(State.QUARREL, quarrel);
    }

    private static boolean wasChangedByUser(Item item, boolean secret) {
        String base = item.base();
        return base == null || (secret ? !base.equals(Item.FACTORY) : !item.says(base));
    }

    /** What is remembered of a wanted value. */
    static String want(String path, Wanted wanted, Secrecy secrecy) {
        return isSecret(path) ? secrecy.fingerprint(wanted.value()) : wanted.value();
    }

    /** Whether it is a parameter that holds a secret; the attributes of one are none. */
    static boolean isSecret(String path) {
        return path.indexOf('#') < 0 && SensitivePaths.isSensitive(path);
    }
}
