package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.homeward.provisioning.profile.Desired.Source;
import org.homeward.provisioning.reconcile.Explanation.Line;
import org.homeward.provisioning.reconcile.Item.Trouble;
import org.jspecify.annotations.Nullable;

/** Says how things stand, for somebody on the telephone. */
final class Words {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy 'at' HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final @Nullable Flight flight;
    private final int failures;
    private final @Nullable Instant rest;

    Words(Standing standing, Instant now) {
        this.flight = standing.flight();
        this.failures = standing.failures();
        Instant until = standing.rest();
        this.rest = until != null && now.isBefore(until) ? until : null;
    }

    private static String on(Instant moment) {
        return "on " + MOMENT.format(moment);
    }

    /** Of what the subscriber chose: when that was. */
    String chosen(Source source) {
        Instant chosen = source.chosen();
        return chosen == null ? "" : "Chosen by the subscriber " + on(chosen) + ". ";
    }

    /** @param wanted as it may be shown */
    String of(String path, String wanted, Judgement judgement, Item item) {
        Trouble trouble = item.trouble();
        return switch (judgement.state()) {
            case VERIFIED -> verified(item);
            case KEPT ->
                "Somebody at the device made it " + (item.seen() == null ? "something else" : quoted(item.seen()))
                        + ", and the profile lets that be.";
            case MISSING -> "The device has no such parameter.";
            case UNREAD ->
                isUnderWay(path) ? "It is being read now." : "It will be read at the device's next session" + rest();
            case PENDING ->
                isUnderWay(path)
                        ? "It has been sent to the device, whose answer is awaited."
                        : (item.seen() == null ? "" : "The device says " + quoted(item.seen()) + ". ")
                                + "It will be made "
                                + (wanted.equals("(secret)") ? "what it should be" : quoted(wanted))
                                + " at the device's next session" + rest();
            case DIVERGING ->
                "The device took the value" + (item.written() == null ? "" : ' ' + on(item.written())) + ", but says "
                        + quoted(trouble == null ? "" : trouble.detail()) + ". " + again(judgement, trouble);
            case REFUSED ->
                "The device refused it with fault " + (trouble == null ? "0" : trouble.code() + ": " + trouble.detail())
                        + ". It is not tried again until the profile, or the device's software, is another.";
            case LATER -> "The device took the value and said that it takes effect later. " + again(judgement, trouble);
            case QUARREL ->
                "It was written " + item.writes() + " times within an hour, and somebody made it something else each"
                        + " time. It rests" + until(judgement.until()) + '.';
        };
    }

    private static String verified(Item item) {
        String said = item.seen() == null ? "The device has taken it" : "The device says so";
        Instant written = item.written();
        Instant verified = item.verified();
        if (verified == null) {
            return said + '.';
        }
        if (item.seen() == null) {
            return said + ' ' + on(verified) + '.';
        }
        return (written == null ? "It was so already" : "It was written " + on(written))
                + ", and the device confirmed it " + on(verified) + '.';
    }

    String ofMissingRow(@Nullable Trouble trouble) {
        return trouble == null
                ? "The row will be added at the device's next session" + rest()
                : "The device refused to add the row, with fault " + trouble.code() + ": " + trouble.detail();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private boolean isUnderWay(String path) {
        return flight != null
                && flight.legs().values().stream().anyMatch(leg -> switch (leg) {
                    case Leg.Read read ->
                        read.paths().contains(path)
                                || read.found().keySet().stream().anyMatch(path::startsWith);
                    case Leg.ReadAttributes read -> read.keys().contains(path);
                    case Leg.Write write -> write.wants().containsKey(path);
                    case Leg.WriteAttributes write -> write.wants().containsKey(path);
                    case Leg.Add add -> false;
                    case Leg.Delete delete -> false;
                    case Leg.Reboot reboot -> false;
                });
    }

    private String rest() {
        return rest == null
                ? "."
                : " after " + MOMENT.format(rest) + ", because the last " + (failures < 2 ? "one" : failures)
                        + " broke off or met a fault that passes.";
    }

    private static String until(@Nullable Instant moment) {
        return moment == null ? "" : " until " + MOMENT.format(moment);
    }

    private static String again(Judgement judgement, @Nullable Trouble trouble) {
        int times = trouble == null ? 0 : trouble.times();
        Instant until = judgement.until();
        return until == null
                ? "After " + times + " attempts it is left at that until something else is wanted."
                : "It is tried again at the first session after " + MOMENT.format(until) + ", for the " + nth(times + 1)
                        + " time.";
    }

    private static String nth(int number) {
        return number + (number == 2 ? "nd" : number == 3 ? "rd" : "th");
    }

    /** @param root of the device's data model; empty until it has called */
    String summary(String root, List<Line> lines, int remarks) {
        if (root.isEmpty()) {
            return "The device has not called yet, so nothing is known of it.";
        }
        if (lines.isEmpty() && remarks == 0) {
            return "No active profile says anything of this device.";
        }
        long holds = count(lines, "verified") + count(lines, "kept");
        List<String> sentences = new ArrayList<>();
        if (!lines.isEmpty()) {
            sentences.add(hold(holds, lines.size()));
        }
        told(sentences, count(lines, "pending") + count(lines, "unread"), "waits", "wait", "for its next session");
        told(sentences, count(lines, "diverging"), "differs", "differ", "though the device took the value");
        told(sentences, count(lines, "refused"), "was", "were", "refused by the device");
        told(sentences, count(lines, "missing"), "is", "are", "unknown to the device");
        told(sentences, count(lines, "later"), "takes", "take", "effect later");
        told(sentences, count(lines, "quarrel"), "rests", "rest", "because somebody keeps changing it");
        told(sentences, remarks, "can't", "can't", "come true as profiles stand; see the remarks");
        return String.join(" ", sentences);
    }

    private static String hold(long holds, int all) {
        if (holds < all) {
            return holds + " of " + all + " settings of this device are as profiles say.";
        }
        return all == 1
                ? "The one setting of this device is as profiles say."
                : "All " + all + " settings of this device are as profiles say.";
    }

    private static long count(List<Line> lines, String state) {
        return lines.stream().filter(line -> line.state().equals(state)).count();
    }

    private static void told(List<String> sentences, long count, String one, String many, String what) {
        if (count > 0) {
            sentences.add(count + " " + (count == 1 ? one : many) + ' ' + what + '.');
        }
    }
}
