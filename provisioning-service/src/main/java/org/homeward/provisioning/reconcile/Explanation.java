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
import org.jspecify.annotations.Nullable;

/**
 * Why a device is, or is not yet, what its profiles say; in words that may be read aloud.
 *
 * @param words all of it in a sentence or two
 * @param settled whether nothing more is to be done for now
 * @param values one line for each thing that should be so
 * @param remarks what profiles say and what does not come true, or not by plans: clashes, missing attributes, failed
 *     conditions, what the model does not have
 * @param firmware versions that should run; brought there by the firmware service
 * @param files that should be there; brought there by the firmware service
 */
public record Explanation(
        String words,
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
     * @param written when the device last took it; null where it never had to be told
     * @param verified when the device said that it is so, or took it if it is a secret; null where it is not so
     * @param until when it is tried again; null where no time is set
     */
    public record Line(
            String path,
            String wanted,
            @Nullable String reported,
            String state,
            Source source,
            @Nullable Instant written,
            @Nullable Instant verified,
            @Nullable Instant until,
            String words) {}

    /** @param kind {@code clash}, {@code incomplete}, {@code failed}, {@code unfit}, {@code overruled} */
    public record Note(String kind, String what, List<Source> sources, String words) {}

    static Explanation of(
            Standing standing,
            ActiveProfiles profiles,
            Function<Map<String, String>, Facts> facts,
            Vocabulary vocabulary,
            Secrecy secrecy,
            Instant now) {
        Facts known = facts.apply(Planning.reported(standing, profiles));
        Desired desired = Merge.of(profiles, known, vocabulary);
        Edit edit = new Edit(standing);
        SortedMap<String, Wanted> wanted = new TreeMap<>(desired.values());
        Tables tables = new Tables(edit, now);
        desired.tables().values().forEach(table -> tables.bind(table, wanted));
        Words words = new Words(standing, now);
        List<Line> lines = new ArrayList<>();
        wanted.forEach((path, each) -> {
            Item item = edit.item(path);
            Judgement judgement = Judgement.of(path, each, item, secrecy, now);
            String shown = Judgement.isSecret(path) ? "(secret)" : each.value();
            boolean holds = judgement.state() == Judgement.State.VERIFIED;
            lines.add(new Line(
                    path,
                    shown,
                    item.seen(),
                    judgement.state().name().toLowerCase(Locale.ROOT),
                    each.source(),
                    item.written(),
                    holds ? item.verified() : null,
                    judgement.until(),
                    words.chosen(each.source()) + words.of(path, shown, judgement, item)));
        });
        desired.tables()
                .values()
                .forEach(table -> table.rows().stream()
                        .filter(row ->
                                edit.item(Standing.row(table.table(), row.id())).base() == null)
                        .forEach(row -> lines.add(missing(edit, table.table(), row, words))));
        return new Explanation(
                words.summary(known.root(), lines, desired.remarks().size()),
                standing.settled() && standing.revision() == profiles.revision(),
                lines,
                desired.remarks().stream().map(Explanation::note).toList(),
                List.copyOf(desired.tagsToAdd()),
                List.copyOf(desired.tagsToRemove()),
                List.copyOf(desired.firmware()),
                List.copyOf(desired.files()));
    }

    private static Line missing(Edit edit, String table, Desired.WantedRow row, Words words) {
        String path = Standing.row(table, row.id());
        Trouble trouble = edit.item(path).trouble();
        Source source = row.columns().values().iterator().next().source();
        return new Line(
                path,
                row.id(),
                null,
                trouble == null ? "pending" : "refused",
                source,
                null,
                null,
                null,
                words.ofMissingRow(trouble));
    }

    static Note note(Remark remark) {
        return new Note(
                remark.kind().name().toLowerCase(Locale.ROOT),
                remark.what(),
                remark.sources(),
                switch (remark.kind()) {
                    case CLASH -> "Nothing is written, because " + remark.message() + '.';
                    case INCOMPLETE -> "This waits, because " + remark.message() + '.';
                    case FAILED -> "This can't be worked out for this device: " + remark.message() + '.';
                    case UNFIT -> "This device can't be told: " + remark.message() + '.';
                    case OVERRULED -> "What was chosen does not hold: " + remark.message() + '.';
                });
    }
}
