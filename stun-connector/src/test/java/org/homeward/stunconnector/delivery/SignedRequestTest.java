package org.homeward.stunconnector.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignedRequestTest {

    @Test
    void signsAsAnnexGWantsIt() {
        SignedRequest request = SignedRequest.sign(1120673700, 1234, "CPE57689", "XTGRWIPC6D3IPXS3", "password");

        assertThat(request.sig()).isEqualTo("F749EE6D9E3BC469FB709EAD2A75EE7535F58552");
        assertThat(new String(request.to("10.1.1.1:8080"), US_ASCII))
                .isEqualTo("GET http://10.1.1.1:8080?ts=1120673700&id=1234&un=CPE57689&cn=XTGRWIPC6D3IPXS3"
                        + "&sig=F749EE6D9E3BC469FB709EAD2A75EE7535F58552 HTTP/1.1\r\nHost: 10.1.1.1:8080\r\n\r\n");
    }

    @Test
    void encodesANameAfterSigningIt() {
        SignedRequest plain = SignedRequest.sign(1, 2, "a b&c", "C", "password");

        assertThat(new String(plain.to("h:1"), US_ASCII)).contains("&un=a+b%26c&");
        assertThat(plain.sig())
                .isEqualTo(SignedRequest.sign(1, 2, "a b&c", "C", "password").sig());
    }
}
