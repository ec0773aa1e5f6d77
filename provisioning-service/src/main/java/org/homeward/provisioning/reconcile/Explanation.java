package org.homeward.provisioning.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Desired;
import org.homeward.provisioning.profile.Desired.Remark;
import org.homeward.provisioning.profile.Desired.Source;
import org.homeward.provisioning.profile.Desired.Wanted;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.Merge;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.reconcile.Item.Trouble;
import org.homeward.provisioning.reconcile.Judgement.State;
import org.jspecify.annotations.Nullable;

/**
 * Why a device is, or is not yet, what its profiles say; in words that may be read aloud.
 *
 * @param settled whether nothing more is to be done for now
 * @param values one line for each thing that should be so
 * @param remarks what profiles say and what does not come true, or not by plans: clashes, missing attributes, failed
 *     conditions, what the model does not have
 * @param firmware versions that should run; brought there by the firmware service
 * @param files that should be there; brought there by the firmware service
 */
public record Explanation(
        boolean settled,
        List<Line> values,
        List<Note> remarks,
        List<String> tagsToAdd,
        List<String> tagsToRemove,
        List<String> firmware,
        List<String> files) {

    /**
     * @param path of the parameter, with aspect for an attribute; of table and key for a row that is not there
     * @param wanted {@code (secret)} for secrets
     * @param reported what the device said last; null for secrets, and where it said nothing
     * @param state {@code verified}, {@code kept}, {@code missing}, {@code unread}, {@code pending}, {@code diverging},
     *     {@code refused}, {@code later}, {@code quarrel}
     * @param source the profile, its version and the field that says so
     * @param until when it is tried again; null where no time is set
     */
    public record Line(
            String path,
            String wanted,
            @Nullable String reported,
            String state,
            Source source,
            @Nullable Instant until,
            String words) {}

    /** @param kind {@code clash}, {@code incomplete}, {@code failed}, {@code unfit} */
    public record Note(String kind, String what, List<Source> sources, String words) {}

    static Explanation of(
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            Vocabulary vocabulary,
            Secrecy secrecy,
            Instant now) {
        Desired desired = Merge.of(profiles, facts.apply(Planning.reported(standing, profiles)), vocabulary);
        Edit edit = new Edit(standing);
        SortedMap<String, Wanted> wanted = new TreeMap<>(desired.values());
        Tables tables = new Tables(edit, now);
        desired.tables().values().forEach(table -> tables.bind(table, wanted));
        List<Line> lines = new ArrayList<>();
        wanted.forEach((path, each) -> {
            Item item = edit.item(path);
            Judgement judgement = Judgement.of(path, each, item, secrecy, now);
            lines.add(new Line(
                    path,
                    Judgement.isSecret(path) ? "(secret)" : each.value(),
                    item.seen(),
                    judgement.state().name().toLowerCase(Locale.ROOT),
                    each.source(),
                    judgement.until(),
                    words(judgement, item)));
        });
        desired.tables()
                .values()
                .forEach(table -> table.rows().stream()
                        .filter(row ->
                                edit.item(Standing.row(table.table(), row.id())).base() == null)
                        .forEach(row -> lines.add(missing(edit, table.table(), row))));
        return new Explanation(
                standing.settled() && standing.revision() == profiles.revision(),
                lines,
                desired.remarks().stream().map(Explanation::note).toList(),
                List.copyOf(desired.tagsToAdd()),
                List.copyOf(desired.tagsToRemove()),
                List.copyOf(desired.firmware()),
                List.copyOf(desired.files()));
    }

    private static Line missing(Edit edit, String table, Desired.WantedRow row) {
        Trouble trouble = edit.item(Standing.row(table, row.id())).trouble();
        Source source = row.columns().values().iterator().next().source();
        return new Line(
                Standing.row(table, row.id()),
                row.id(),
                null,
                trouble == null ? "pending" : "refused",
                source,
                null,
                trouble == null
                        ? "The row will be added at the device's next session."
                        : "The device refused to add the row, with fault " + trouble.code() + ": " + trouble.detail());
    }

    private static Note note(Remark remark) {
        return new Note(
                remark.kind().name().toLowerCase(Locale.ROOT),
                remark.what(),
                remark.sources(),
                switch (remark.kind()) {
                    case CLASH -> "Nothing is written, because " + remark.message() + '.';
                    case INCOMPLETE -> "This waits, because " + remark.message() + '.';
                    case FAILED -> "This can't be worked out for this device: " + remark.message() + '.';
                    case UNFIT -> "This device can't be told: " + remark.message() + '.';
                });
    }

    private static String words(Judgement judgement, Item item) {
        State state = judgement.state();
        Trouble trouble = item.trouble();
        return switch (state) {
            case VERIFIED -> item.seen() == null ? "The device has taken it." : "The device says so.";
            case KEPT -> "Somebody at the device made it something else, and the profile lets that be.";
            case MISSING -> "The device has no such parameter.";
            case UNREAD -> "It will be read at the device's next session.";
            case PENDING -> "It will be written at the device's next session.";
            case DIVERGING ->
                "The device took the value, but says \"" + detail(trouble) + "\". " + again(judgement, trouble);
            case REFUSED ->
                "The device refused it with fault " + (trouble == null ? 0 : trouble.code()) + ": " + detail(trouble)
                        + ". It is not tried again until the profile, or the device's software, is another.";
            case LATER -> "The device took the value and said that it takes effect later. " + again(judgement, trouble);
            case QUARREL ->
                "It was written " + item.writes() + " times within an hour, and somebody made it something else each"
                        + " time. It rests until " + judgement.until() + '.';
        };
    }

    private static String detail(@Nullable Trouble trouble) {
        return trouble == null ? "" : trouble.detail();
    }

    private static String again(Judgement judgement, @Nullable Trouble trouble) {
        int times = trouble == null ? 0 : trouble.times();
        return judgement.until() == null
                ? "After " + times + " attempts it is left at that until something else is wanted."
                : "It is tried again at the first session after " + judgement.until() + ", for the " + (times + 1)
                        + ". time.";
    }
}
