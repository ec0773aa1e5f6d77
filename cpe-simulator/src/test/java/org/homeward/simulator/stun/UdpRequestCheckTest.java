package org.homeward.simulator.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpRequestCheckTest {

    private static final String SIGNED =
            "ts=1120673700&id=1234&un=CPE57689&cn=XTGRWIPC6D3IPXS3&sig=F749EE6D9E3BC469FB709EAD2A75EE7535F58552";

    private final UdpRequestCheck check = new UdpRequestCheck();

    private boolean accepts(String query) {
        return check.accepts(
                ("GET http://10.1.1.1:8080?" + query + " HTTP/1.1\r\n\r\n").getBytes(US_ASCII), "CPE57689", "password");
    }

    @Test
    void takesOneThatIsSigned() {
        assertThat(accepts(SIGNED)).isTrue();
    }

    @Test
    void takesASignatureInLowerCase() {
        assertThat(accepts(SIGNED.replace(
                        "F749EE6D9E3BC469FB709EAD2A75EE7535F58552", "f749ee6d9e3bc469fb709ead2a75ee7535f58552")))
                .isTrue();
    }

    @Test
    void takesCopiesOnce() {
        assertThat(accepts(SIGNED)).isTrue();

        assertThat(accepts(SIGNED)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ts=1120673700",
                "ts=1120673701&id=1234&un=CPE57689&cn=XTGRWIPC6D3IPXS3&sig=F749EE6D9E3BC469FB709EAD2A75EE7535F58552",
                "ts=1120673700&id=1234&un=other&cn=XTGRWIPC6D3IPXS3&sig=F749EE6D9E3BC469FB709EAD2A75EE7535F58552",
                "ts=1120673700&id=1234&un=CPE57689&cn=XTGRWIPC6D3IPXS3&sig=%zz"
            })
    void dropsWhatIsNotSigned(String query) {
        assertThat(accepts(query)).isFalse();
    }

    @Test
    void dropsWhatIsNoRequest() {
        assertThat(check.accepts("hello".getBytes(US_ASCII), "", "")).isFalse();
    }
}
