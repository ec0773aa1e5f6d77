package org.homeward.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdTest {

    @ParameterizedTest
    @CsvSource({
        "00AABB,HG8245H,SN1,00AABB-HG8245H-SN1",
        "00aabb,HG8245H,SN1,00AABB-HG8245H-SN1",
        "00AABB,'',SN1,00AABB-SN1",
        "00AABB,Box-1,SN 1,00AABB-Box%2D1-SN%201",
        "00AABB,a.b_c,x,00AABB-a.b_c-x",
        "00AABB,Größe,SN,00AABB-Gr%C3%B6%C3%9Fe-SN",
        "00AABB,50%,a/b,00AABB-50%25-a%2Fb"
    })
    void isWrittenWithEncodedParts(String oui, String productClass, String serial, String text) {
        DeviceId id = new DeviceId(oui, productClass, serial);
        assertThat(id).hasToString(text);
        assertThat(DeviceId.parse(text)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"00AABB-%48G-SN1,00AABB-HG-SN1", "00aabb-sn%2d1,00AABB-sn%2D1", "%30%30AABB-X-1,00AABB-X-1"})
    void readsWhatIsEncodedMoreThanNeeded(String text, String canonical) {
        assertThat(DeviceId.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "--",
                "---",
                "00AABB",
                "00AABB-",
                "-SN1",
                "00AABB--",
                "a-b-c-d",
                "00AABB-B ox-1",
                "00AABB-é-1",
                "00AABB-%-1",
                "00AABB-%2-1",
                "00AABB-%GG-1",
                "00AABB-%2",
                "00AABB-%C3-1",
                "00AABB-%FF-1",
                "00AABB-%C0%AF-1",
                "00AABB-../..-1",
                "00AABB-x\u0000y-1",
                "00AABB-x\ny-1",
                "00AABB-+-1",
                "%-%-%"
            })
    void refusesWhatIsNoDeviceId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DeviceId.parse(text));
    }

    @Test
    void refusesPartsThatAreTooLong() {
        String long65 = "x".repeat(65);
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceId("00AABB", long65, "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceId("00AABB", "", long65));
        assertThatIllegalArgumentException().isThrownBy(() -> DeviceId.parse("00AABB-" + "y".repeat(1_000_000)));
    }

    @Test
    void takesAllThatFitsIntoThePartsOfAnInform() {
        DeviceId longest = new DeviceId("00AABB", "-".repeat(64), "é".repeat(64));
        assertThat(DeviceId.parse(longest.toString())).isEqualTo(longest);
    }

    @Test
    void tellsAMissingProductClassFromOneThatLooksLikeTheSerialNumber() {
        assertThat(DeviceId.parse("00AABB-X")).isNotEqualTo(DeviceId.parse("00AABB-X-X"));
        assertThat(DeviceId.parse("00AABB--X")).isEqualTo(DeviceId.parse("00AABB-X"));
    }

    @Test
    void keepsEverySecretOfItsPartsInTheText() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            DeviceId id = new DeviceId(
                    "%06X".formatted(random.nextInt(1 << 24)),
                    random.nextInt(4) == 0 ? "" : part(random),
                    part(random));
            String text = id.toString();
            assertThat(DeviceId.parse(text)).isEqualTo(id);
            assertThat(text).matches("[A-Za-z0-9_.%-]+");
            assertThat(text.chars().filter(c -> c == '-').count())
                    .isEqualTo(id.productClass().isEmpty() ? 1 : 2);
            assertThat(URI.create("http://acs/api/devices/" + text.replace("%", "%25"))
                            .getPath())
                    .isEqualTo("/api/devices/" + text);
        }
    }

    @Test
    void neverBreaksOnNoise() {
        Random random = new Random(43);
        String alphabet = "-%0aA2é/\u0000 .";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                DeviceId id = DeviceId.parse(text.toString());
                assertThat(DeviceId.parse(id.toString())).isEqualTo(id);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(?s).*(device id|empty|longer).*");
            }
        }
    }

    /** Any characters but lone surrogates, which no CPE can send in UTF-8. */
    private static String part(Random random) {
        StringBuilder part = new StringBuilder();
        for (int length = 1 + random.nextInt(30); length > 0; length--) {
            int c = random.nextInt(3) == 0 ? random.nextInt(0x11_0000) : random.nextInt(128);
            part.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? '?' : c);
        }
        return part.toString();
    }
}
