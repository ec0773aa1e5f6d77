package org.homeward.registry.subscriber.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.homeward.kit.rest.ProblemException;
import org.homeward.registry.subscriber.Claim;
import org.homeward.registry.subscriber.ServiceTypes;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as people and hostile people make them. */
class ImportLinesTest {

    private static List<ImportLines.Line> read(byte[] file) throws IOException {
        var lines = new ImportLines(new LineReader(new ByteArrayInputStream(file)), ServiceTypes.COMMON, false);
        List<ImportLines.Line> all = new ArrayList<>();
        for (Optional<ImportLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            all.add(line.get());
        }
        return all;
    }

    private static List<ImportLines.Line> read(String file) throws IOException {
        return read(file.getBytes(StandardCharsets.UTF_8));
    }

    private static SubscriberEdit edit(ImportLines.Line line) {
        assertThat(line).isInstanceOf(ImportLines.Edit.class);
        return ((ImportLines.Edit) line).edit();
    }

    @Test
    void readsASubscriberAServiceAndWhatBindsItsDevice() throws IOException {
        var edit = edit(read("""
                        subscriber,attributes.name,attributes.address.city,service,service.vlan,service.password,oui,serialNumber,mac
                        C-1,"Ann, the first",Bern,internet,7,pw,00259e,S1,00:25:9E:A1:B2:C3
                        """).getFirst());

        assertThat(edit.subscriber().value()).isEqualTo("C-1");
        assertThat(edit.attributes()).hasToString("{\"address\":{\"city\":\"Bern\"},\"name\":\"Ann, the first\"}");
        assertThat(edit.services().getFirst().id().value()).isEqualTo("internet");
        assertThat(edit.services().getFirst().attributes()).hasToString("{\"password\":\"pw\",\"vlan\":7}");
        assertThat(edit.bindings())
                .extracting(Wish::claim)
                .containsExactly(Claim.serial("00259E", "S1"), Claim.mac("00259ea1b2c3"));
    }

    @Test
    void skipsAByteOrderMarkEmptyLinesAndWindowsLineEnds() throws IOException {
        var lines = read("\uFEFFsubscriber,attributes.name\r\n\r\nC-1,Ann\r\n\r\nC-2,Bob");

        assertThat(lines).extracting(ImportLines.Line::number).containsExactly(3L, 5L);
        assertThat(lines).extracting(line -> edit(line).subscriber().value()).containsExactly("C-1", "C-2");
    }

    @Test
    void aLineOfAMegabyteSpoilsItselfOnly() throws IOException {
        var lines = read("subscriber,attributes.name\nC-1," + "x".repeat(1 << 20) + "\nC-2,Bob\n");

        assertThat(lines.getFirst()).isEqualTo(new ImportLines.Bad(2, "", "is longer than 65536 bytes"));
        assertThat(edit(lines.get(1)).subscriber().value()).isEqualTo("C-2");
    }

    @Test
    void aQuoteThatIsNotClosedSpoilsItsOwnLineOnly() throws IOException {
        var lines = read("subscriber,attributes.name\nC-1,\"Ann\nC-2,Bob\nC-3,\"Cy\"x\nC-4,\"Dee \"\"D\"\"\"\n");

        assertThat(lines.get(0)).isInstanceOf(ImportLines.Bad.class);
        assertThat(edit(lines.get(1)).subscriber().value()).isEqualTo("C-2");
        assertThat(lines.get(2)).isInstanceOf(ImportLines.Bad.class);
        assertThat(edit(lines.get(3)).attributes()).hasToString("{\"name\":\"Dee \\\"D\\\"\"}");
    }

    @Test
    void aFormulaIsATextLikeAnyOther() throws IOException {
        var lines = read("subscriber,attributes.name\nC-1,=cmd|' /C calc'!A0\nC-2,+41 31 000 00 00\n");

        assertThat(edit(lines.get(0)).attributes().get("name").textValue()).isEqualTo("=cmd|' /C calc'!A0");
        assertThat(edit(lines.get(1)).attributes().get("name").textValue()).isEqualTo("+41 31 000 00 00");
    }

    @Test
    void whatIsNotUtf8IsToldAndNotGuessed() throws IOException {
        byte[] file = "subscriber,attributes.name\nC-1,J\u00F6rg\nC-2,Bob\n".getBytes(StandardCharsets.ISO_8859_1);

        var lines = read(file);

        assertThat(lines.getFirst()).isEqualTo(new ImportLines.Bad(2, "", "is not UTF-8"));
        assertThat(edit(lines.get(1)).subscriber().value()).isEqualTo("C-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",internet,,,, | subscriber",
                "C-1,,,7,, | service",
                "C-1,in ternet,,,, | service",
                "C-1,internet,-,,, | serviceId",
                "C-1,,,,not a mac, | mac",
                "C-1,,,,,S1 | oui"
            })
    void namesTheColumnThatIsToBlame(String line, String column) throws IOException {
        var lines = read("subscriber,service,serviceId,service.vlan,mac,serialNumber\n" + line + "\n");

        assertThat(lines)
                .singleElement()
                .isInstanceOfSatisfying(
                        ImportLines.Bad.class, bad -> assertThat(bad.column()).isEqualTo(column));
    }

    @Test
    void aLineWithMoreOrFewerCellsIsRefused() throws IOException {
        var lines = read("subscriber,attributes.name\nC-1\nC-2,Bob,surplus\n");

        assertThat(lines)
                .containsExactly(
                        new ImportLines.Bad(2, "", "has 1 cells where the first line has 2"),
                        new ImportLines.Bad(3, "", "has 3 cells where the first line has 2"));
    }

    @Test
    void whatWasSaidOtherwiseBeforeIsRefusedAndTheSameAgainIsNot() throws IOException {
        var lines = read("""
                subscriber,attributes.name,service,service.vlan,mac
                C-1,Ann,internet,7,001122334455
                C-1,Ann,internet,7,00:11:22:33:44:55
                C-1,,voip,,
                C-1,Bob,,,
                C-1,,internet,8,
                C-2,,,,001122334455
                """);

        assertThat(lines.subList(0, 3)).allMatch(ImportLines.Edit.class::isInstance);
        assertThat(lines.subList(3, 6))
                .extracting(line -> ((ImportLines.Bad) line).column())
                .containsExactly("subscriber", "service", "subscriber");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "name,address", "subscriber,shoeSize", "subscriber,mac,mac", "subscriber;mac", "\"subscriber"
            })
    void aFileThatDoesNotNameItsColumnsIsRefused(String header) {
        assertThatThrownBy(() -> read(header + "\nC-1\n")).isInstanceOf(ProblemException.class);
    }

    @Test
    void remembersWhatWasSaidOfManyThings() {
        var sayings = new Sayings();
        IntStream.range(0, 50_000)
                .forEach(i ->
                        assertThat(sayings.agrees("thing " + i, "said " + i)).isTrue());

        assertThat(IntStream.range(0, 50_000))
                .allMatch(i -> sayings.agrees("thing " + i, "said " + i))
                .noneMatch(i -> sayings.agrees("thing " + i, "said otherwise"));
    }
}
