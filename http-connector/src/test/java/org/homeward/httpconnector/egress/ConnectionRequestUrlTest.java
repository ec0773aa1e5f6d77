package org.homeward.httpconnector.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionRequestUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.7:7547/abc, false, 192.0.2.7, 7547, 192.0.2.7:7547, /abc",
        "HTTP://192.0.2.7, false, 192.0.2.7, 80, 192.0.2.7, /",
        "https://192.0.2.7/a?b=c#d, true, 192.0.2.7, 443, 192.0.2.7, /a?b=c",
        "http://192.0.2.7:/x, false, 192.0.2.7, 80, 192.0.2.7:, /x",
        "http://192.0.2.7:30005?id=1, false, 192.0.2.7, 30005, 192.0.2.7:30005, /?id=1",
        "'  http://192.0.2.7:1/{odd}|path ', false, 192.0.2.7, 1, 192.0.2.7:1, /{odd}|path",
        "http://[2001:DB8::7]:7547/abc, false, 2001:db8::7, 7547, [2001:DB8::7]:7547, /abc",
        "http://[::ffff:192.0.2.7]/, false, ::ffff:192.0.2.7, 80, [::ffff:192.0.2.7], /",
        "http://CPE-1.example.net:7547/x@y:z, false, cpe-1.example.net, 7547, CPE-1.example.net:7547, /x@y:z",
    })
    void readsWhatDevicesReport(String text, boolean tls, String host, int port, String authority, String target) {
        assertThat(ConnectionRequestUrl.parse(text))
                .contains(new ConnectionRequestUrl(tls, host, port, authority, target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.7:7547",
                "ftp://192.0.2.7/",
                "file:///etc/passwd",
                "gopher://192.0.2.7/",
                "http://",
                "http:///path",
                "http://:7547/",
                "http://192.0.2.7:0/",
                "http://192.0.2.7:65536/",
                "http://192.0.2.7:-1/",
                "http://192.0.2.7:7547x/",
                "http://user:secret@192.0.2.7/",
                "http://192.0.2.7@10.0.0.1/",
                "http://192.0.2.7\\@10.0.0.1/",
                "http://192.0.2.7/a b",
                "http://192.0.2.7/a\r\nX-Evil: 1",
                "http://192.0.2.7/\u0000",
                "http://192.0.2.7/é",
                "http://[2001:db8::7",
                "http://[fe80::1%25eth0]/",
                "http://2001:db8::7/",
            })
    void takesNothingElse(String text) {
        assertThat(ConnectionRequestUrl.parse(text)).isEmpty();
    }

    @Test
    void takesNoEndlessUrl() {
        assertThat(ConnectionRequestUrl.parse("http://192.0.2.7/" + "a".repeat(2000)))
                .isEmpty();
    }

    @Test
    void showsItsAddressWithoutThePath() {
        assertThat(ConnectionRequestUrl.parse("http://[2001:db8::7]/secret"))
                .map(ConnectionRequestUrl::address)
                .contains("[2001:db8::7]:80");
    }
}
