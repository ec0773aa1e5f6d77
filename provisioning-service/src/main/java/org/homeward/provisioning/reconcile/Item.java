package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one thing that profiles name: a parameter, an attribute of one, or a row that should exist.
 *
 * @param read whether the device has said what it is since that was last in doubt
 * @param seen what it said last; null for never, and for secrets
 * @param missing whether the device has no such thing
 * @param base what it was when it was last as it should be, or on the fresh box: whoever changed it since was the user.
 *     A secret's fingerprint; a row's instance number. Null for unknown
 * @param writes how often it was written since {@code since}
 * @param written when the device last took it from a profile; null for never
 * @param verified when the device said that it is as it should be, or took it if it is a secret; null where it is not
 * @param trouble why it is not as it should be; null for none
 */
public record Item(
        boolean read,
        @Nullable String seen,
        ValueType type,
        boolean missing,
        @Nullable String base,
        int writes,
        @Nullable Instant since,
        @Nullable Instant written,
        @Nullable Instant verified,
        @Nullable Trouble trouble) {

    public static final Item UNREAD = new Item(false, null, ValueType.UNKNOWN, false, null, 0, null, null, null, null);

    /** What a secret was on a fresh box, whatever it was. */
    static final String FACTORY = "factory";

    /** What a secret is once somebody else wrote it. */
    static final String FOREIGN = "foreign";

    /** Why something is not as it should be. */
    public enum Kind {
        /** The device took the value and says another. */
        DIVERGING,
        /** The device answered with a fault. */
        REFUSED,
        /** The device took the value and said that it takes effect later. */
        LATER,
        /** One of several that were refused together; tried alone. */
        SUSPECT
    }

    /**
     * @param want what was tried; the trouble is over when something else is wanted
     * @param times how often it was tried
     * @param notBefore when it may be tried again; null for not at all
     * @param code fault of the CPE, 0 for none
     * @param detail the fault's text, or what the device says instead
     */
    public record Trouble(
            Kind kind, String want, int times, @Nullable Instant notBefore, int code, String detail) {}

    /** Whether the device says what is wanted, in these words or others. */
    boolean says(String want) {
        if (!read || seen == null) {
            return false;
        }
        return want.trim().equals(seen.trim())
                || new ParameterValue("", want, type).meansTheSameAs(new ParameterValue("", seen, type));
    }

    Item seen(@Nullable String value, ValueType newType) {
        ValueType known = newType == ValueType.UNKNOWN ? type : newType;
        Instant still = read || value == null ? verified : null;
        return new Item(true, value, known, false, base, writes, since, written, still, trouble);
    }

    /** It may have changed, or come into being. */
    Item inDoubt() {
        return new Item(false, seen, type, false, base, writes, since, written, verified, trouble);
    }

    /** The same, and what was to take effect later may have done so. */
    Item rebooted() {
        return trouble == null || trouble.kind() != Kind.LATER || trouble.notBefore() == null
                ? inDoubt()
                : inDoubt()
                        .with(new Trouble(
                                Kind.LATER, trouble.want(), trouble.times(), Instant.EPOCH, 0, trouble.detail()));
    }

    Item asMissing() {
        return new Item(true, null, type, true, base, writes, since, written, null, trouble);
    }

    Item withBase(@Nullable String newBase) {
        return new Item(read, seen, type, missing, newBase, writes, since, written, verified, trouble);
    }

    Item with(@Nullable Trouble newTrouble) {
        return new Item(read, seen, type, missing, base, writes, since, written, verified, newTrouble);
    }

    /** Somebody chose what it is to be, and waits: whatever happened to it before does not count. */
    Item chosenAnew() {
        return new Item(read, seen, type, missing, null, 0, null, written, null, null);
    }

    /** It is in a plan that is sent. */
    Item sent(Instant now) {
        boolean anew = since == null || !now.isBefore(since.plus(Patience.WINDOW));
        return new Item(
                read, seen, type, missing, base, anew ? 1 : writes + 1, anew ? now : since, written, null, trouble);
    }

    /** The device took it. */
    Item taken(Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        return new Item(read, seen, type, missing, base, writes, since, at, verified, trouble);
    }

    /** It is as it should be. @param want by which it will be known that somebody changed it */
    Item verified(String want, Instant now) {
        if (trouble == null && want.equals(base) && verified != null) {
            return this;
        }
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        return new Item(read, seen, type, missing, want, writes, since, written, at, null);
    }

    /** How often this was tried in vain. */
    int timesTried(String want) {
        return trouble != null && trouble.want().equals(want) ? trouble.times() : 0;
    }

    /** When it may be written once more, although it has been written often of late; null for now. */
    @Nullable
    Instant quarrelUntil(Instant now) {
        Instant until = since == null || writes < Patience.WRITES ? null : since.plus(Patience.WINDOW);
        return until != null && now.isBefore(until) ? until : null;
    }
}
