package org.homeward.simulator.behaviour;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One way in which real CPEs differ from the standard. Each has a name for command lines, the constant's own in lower
 * case with hyphens: {@code boot-loops}.
 */
public enum Misbehaviour {
    // --- HTTP and TCP

    SLOW("sends its requests a few bytes at a time"),
    DROPS("resets the TCP connection in mid-session, in one session out of two, and gives the session up"),
    RECONNECTS("closes the TCP connection after every answer and goes on with the session on a new one"),
    RESENDS("loses an answer with the connection, and sends the same POST again on a new one"),
    NO_COOKIES("never returns a cookie"),
    LOSES_COOKIES("forgets its cookies in mid-session; the TCP connection stays"),
    ODD_COOKIES("returns cookies twice, and with their attributes"),
    EMPTY_POSTS("sends an empty POST before the Inform and before each of its answers"),
    ODD_DIGEST("folds its Authorization header over several lines and leaves values unquoted"),
    REPEATS_NONCE("counts no nonces: every Authorization says nc=00000001 and the same cnonce"),

    // --- connection requests

    ODD_CHALLENGE("challenges connection requests over several folded lines, unquoted, without commas"),
    SILENT("accepts connection requests and never comes"),
    WANTS_XMPP_PASSWORD("wants the password of its XMPP account in connection requests, and answers no others"),

    // --- CWMP messages

    WRONG_TYPES("gives every value an xsi:type that is not its own"),
    NO_IDS("leaves out cwmp:ID, from its requests and from its answers"),
    ODD_XML("writes XML that only a mother could love: odd prefixes, comments, CDATA, entities, odd white space"),
    DOUBLED_INFORM("sends the Inform twice in each session"),
    WRONG_CLOCK("believes that it is 1970"),
    FAULTS("answers one RPC in four with fault 9002"),

    // --- transfers

    LOST_TRANSFER_COMPLETE("never tells that a transfer is over"),
    DOUBLED_TRANSFER_COMPLETE("sends each TransferComplete twice, confirmed or not"),
    EARLY_TRANSFER_COMPLETE("tells of new firmware before it boots into it rather than after"),
    NO_COMMAND_KEY("tells of transfers and reboots without their command key"),

    // --- firmware

    BRICKS("never comes back from a firmware upgrade"),
    BOOT_LOOPS("boots several times, telling each time, before new firmware holds"),
    CLAIMS_SUCCESS("says that a firmware upgrade went well, and runs the old version"),
    CLAIMS_FAILURE("says that a firmware upgrade failed, and runs the new version");

    private final String does;

    Misbehaviour(String does) {
        this.does = does;
    }

    /** As command lines have it, such as {@code boot-loops}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What such a CPE does, as a sentence without its subject. */
    public String does() {
        return does;
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException when there is none; the message names those that there are
     */
    public static Misbehaviour named(String text) {
        return Arrays.stream(values())
                .filter(m -> m.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no misbehaviour " + text + "; there are "
                        + Arrays.stream(values()).map(Misbehaviour::text).collect(Collectors.joining(", "))));
    }
}
