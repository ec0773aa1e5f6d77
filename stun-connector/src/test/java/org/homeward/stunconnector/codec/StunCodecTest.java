package org.homeward.stunconnector.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.homeward.stunconnector.codec.Attribute.Of;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StunCodecTest {

    private static final byte[] CLASSIC = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10");
    private static final byte[] COOKIE = HexFormat.of().parseHex("2112a442b7e7a701bc34d686fa87dfae");

    private static StunMessage read(byte[] bytes) {
        assertThat(StunReader.read(bytes)).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) StunReader.read(bytes)).message();
    }

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    @Test
    void readsTheRequestOfRfc5769() {
        // RFC 5769 2.1: USERNAME "evtj:h6vY", password "VOkJxbRl1RmTxUk/WvJxBt", integrity and fingerprint
        byte[] request = HexFormat.of()
                .parseHex("000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
                        + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
                        + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");

        StunMessage message = read(request);

        assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
        assertThat(message.hasMagicCookie()).isTrue();
        assertThat(message.first(Attribute.Username.class)).contains(new Attribute.Username("evtj:h6vY"));
        assertThat(message.first(Attribute.Fingerprint.class)).contains(new Attribute.Fingerprint(true));
        assertThat(Integrity.of(message, "VOkJxbRl1RmTxUk/WvJxBt")).contains(Integrity.PLAIN);
        assertThat(Integrity.of(message, "another")).isEmpty();
    }

    @Test
    void readsTheResponsesOfRfc5769() {
        StunMessage four = read(HexFormat.of()
                .parseHex("0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
                        + "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96"));
        StunMessage six = read(HexFormat.of()
                .parseHex("010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
                        + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
                        + "00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c"));

        assertThat(four.address(Of.XOR_MAPPED)).contains(at("192.0.2.1", 32853));
        assertThat(six.address(Of.XOR_MAPPED)).contains(at("2001:db8:1234:5678:11:2233:4455:6677", 32853));
        assertThat(Integrity.of(four, "VOkJxbRl1RmTxUk/WvJxBt")).contains(Integrity.PLAIN);
    }

    @Test
    void writesAnAnswerOfAnnexGByTheByte() {
        byte[] answer = StunWriter.message(StunMessage.BINDING_RESPONSE, CLASSIC)
                .address(Of.MAPPED, at("192.0.2.7", 0x1234))
                .address(Of.SOURCE, at("198.51.100.1", 3478))
                .address(Of.CHANGED, at("198.51.100.1", 3479))
                .bytes();

        assertThat(HexFormat.of().formatHex(answer))
                .isEqualTo("010100240102030405060708090a0b0c0d0e0f10"
                        + "0001000800011234c0000207"
                        + "0004000800010d96c6336401"
                        + "0005000800010d97c6336401");
    }

    @Test
    void readsWhatACpeSendsFromItsConnectionRequestPort() {
        StunMessage request = read(StunWriter.message(StunMessage.BINDING_REQUEST, CLASSIC)
                .username("001122-Box-1")
                .connectionRequestBinding()
                .bindingChange()
                .integrity(Integrity.FILLED, "secret")
                .bytes());

        assertThat(request.hasMagicCookie()).isFalse();
        assertThat(request.transaction()).isEqualTo(CLASSIC);
        assertThat(request.has(Attribute.ConnectionRequestBinding.class)).isTrue();
        assertThat(request.has(Attribute.BindingChange.class)).isTrue();
        assertThat(Integrity.of(request, "secret")).contains(Integrity.FILLED);
    }

    @Test
    void takesTheMarkOfTr111WithoutItsBlankAndWithoutFilling() {
        byte[] request = HexFormat.of()
                .parseHex("0001001b0102030405060708090a0b0c0d0e0f10c0010013"
                        + HexFormat.of().formatHex("dslforum.org/TR-111".getBytes())
                        + "c0020000");

        assertThat(read(request).has(Attribute.ConnectionRequestBinding.class)).isTrue();
        assertThat(read(request).has(Attribute.BindingChange.class)).isTrue();
    }

    @Test
    void takesAUserNameThatNothingFillsUp() {
        byte[] request = HexFormat.of()
                .parseHex("0001000f0102030405060708090a0b0c0d0e0f10" + "00060007" + "41424344454647" + "c0020000");

        assertThat(read(request).first(Attribute.Username.class)).contains(new Attribute.Username("ABCDEFG"));
    }

    @Test
    void readsErrorsAsTheStandardShiftsThem() {
        StunMessage error = read(StunWriter.message(StunMessage.BINDING_ERROR, CLASSIC)
                .error(420, "")
                .unknownAttributes(List.of(0x7777))
                .bytes());

        assertThat(error.first(Attribute.ErrorCode.class)).contains(new Attribute.ErrorCode(420, ""));
        assertThat(error.first(Attribute.UnknownAttributes.class))
                .contains(new Attribute.UnknownAttributes(List.of(0x7777, 0x7777)));
        assertThat(HexFormat.of().formatHex(error.bytes())).contains("0009000400000414");
    }

    @ParameterizedTest
    @EnumSource(Of.class)
    void readsEveryAddressItWrites(Of of) {
        for (byte[] transaction : List.of(CLASSIC, COOKIE)) {
            for (InetSocketAddress address : List.of(at("203.0.113.9", 65535), at("2001:db8::9", 1))) {
                StunMessage message = read(StunWriter.message(StunMessage.BINDING_RESPONSE, transaction)
                        .address(of, address)
                        .fingerprint()
                        .bytes());

                // The mask of XOR-MAPPED-ADDRESS begins with the cookie, which a classic transaction has not.
                if (of != Of.XOR_MAPPED || transaction == COOKIE) {
                    assertThat(message.address(of)).isEqualTo(Optional.of(address));
                }
                assertThat(message.first(Attribute.Fingerprint.class)).contains(new Attribute.Fingerprint(true));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Integrity.class)
    void knowsASignatureThatWasTamperedWith(Integrity way) {
        byte[] request = StunWriter.message(StunMessage.BINDING_REQUEST, CLASSIC)
                .username("001122-Box-1")
                .integrity(way, "secret")
                .bytes();
        for (int at = 4; at < request.length; at++) {
            byte[] changed = request.clone();
            changed[at] ^= 1;

            Optional<Integrity> found = StunReader.read(changed) instanceof Reading.Read(StunMessage message)
                    ? Integrity.of(message, "secret")
                    : Optional.empty();

            assertThat(found).as("with byte %d changed", at).isEmpty();
        }
    }

    @Test
    void knowsTheKeyOfLongTermCredentials() {
        // The key is MD5(user:realm:password), which a password of those raw bytes stands for badly: signed by hand.
        byte[] unsigned = StunWriter.message(StunMessage.BINDING_REQUEST, COOKIE)
                .username("user")
                .realm("home")
                .nonce("once")
                .bytes();
        byte[] key = md5("user:home:pass");
        byte[] head = unsigned.clone();
        Bytes.put16(head, 2, head.length - 20 + 24);
        byte[] signature = Integrity.PLAIN.sign(head, key);
        byte[] request = Arrays.copyOf(head, head.length + 24);
        Bytes.put16(request, head.length, 0x0008);
        Bytes.put16(request, head.length + 2, 20);
        System.arraycopy(signature, 0, request, head.length + 4, 20);

        assertThat(Integrity.of(read(request), "pass")).contains(Integrity.PLAIN);
    }

    private static byte[] md5(String text) {
        try {
            return java.security.MessageDigest.getInstance("MD5").digest(text.getBytes());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "ff010000", "GET http://a HTTP/1.1"})
    void passesOverWhatIsNoStun(String text) {
        assertThat(StunReader.read(text.getBytes())).isInstanceOf(Reading.NotStun.class);
    }
}
