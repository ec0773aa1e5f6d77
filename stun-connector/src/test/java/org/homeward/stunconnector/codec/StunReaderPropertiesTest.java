package org.homeward.stunconnector.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.homeward.stunconnector.codec.Attribute.Of;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader does with bytes that nobody meant: ends in a value, always, and looks at nothing beyond them. */
class StunReaderPropertiesTest {

    private static final int ROUNDS = 60_000;

    private static final int[] TYPES = {
        0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0008, 0x0009, 0x000a, 0x000b, 0x0014, 0x0015, 0x0020, 0x8028,
        0x802c, 0xc001, 0xc002, 0x7777, 0xffff
    };

    private static byte[] noise(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(0, 1_100)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Headers that are right and attributes that nearly are. */
    private static byte[] nearly(SplittableRandom random) {
        byte[] bytes = noise(random);
        if (bytes.length < 24) {
            return bytes;
        }
        bytes[0] = 0;
        bytes[1] = 1;
        Bytes.put16(bytes, 2, bytes.length - 20 + (random.nextInt(8) == 0 ? random.nextInt(-8, 8) : 0));
        int at = 20;
        while (at + 4 <= bytes.length) {
            int length = random.nextInt(6) == 0 ? random.nextInt(0, 70_000) : random.nextInt(0, 28);
            Bytes.put16(bytes, at, TYPES[random.nextInt(TYPES.length)]);
            Bytes.put16(bytes, at + 2, length);
            at += 4 + (random.nextBoolean() ? Bytes.padded(length) : length);
        }
        return bytes;
    }

    private static void use(byte[] bytes) {
        if (StunReader.read(bytes) instanceof Reading.Read(StunMessage message)) {
            assertThat(message.transaction()).hasSize(16);
            assertThat(message.attributes()).hasSizeLessThanOrEqualTo(32);
            assertThat(message.bytes().length).isLessThanOrEqualTo(bytes.length);
            assertThat(Integrity.of(message, "secret")).isEmpty();
            assertThat(message.toString()).isNotEmpty();
            for (Of of : Of.values()) {
                message.address(of)
                        .ifPresent(address -> assertThat(address.isUnresolved()).isFalse());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, -7})
    void endsInAValueWhateverTheBytesAre(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = i % 4 == 0 ? noise(random) : nearly(random);

            use(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 42})
    void endsInAValueWhateverIsCutOffOrFlipped(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS / 4; i++) {
            byte[] bytes = message(random);
            int flips = random.nextInt(4);
            for (int flip = 0; flip < flips; flip++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));

            assertThat(StunReader.read(cut)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 77})
    void readsEverythingThatTheWriterWrites(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS / 4; i++) {
            byte[] bytes = message(random);

            Reading reading = StunReader.read(bytes);

            assertThat(reading).isInstanceOfSatisfying(Reading.Read.class, read -> {
                assertThat(read.message().bytes()).isEqualTo(bytes);
                assertThat(Integrity.of(read.message(), "secret")).isPresent();
                assertThat(read.message().all(Attribute.Unknown.class)).isEmpty();
            });
        }
    }

    private static byte[] message(SplittableRandom random) {
        byte[] transaction = new byte[16];
        random.nextBytes(transaction);
        StunWriter writer = StunWriter.message(random.nextInt(0x4000), transaction);
        int attributes = random.nextInt(6);
        for (int i = 0; i < attributes; i++) {
            switch (random.nextInt(6)) {
                case 0 -> writer.address(Of.values()[random.nextInt(Of.values().length)], address(random));
                case 1 -> writer.changeRequest(random.nextBoolean(), random.nextBoolean());
                case 2 -> writer.connectionRequestBinding();
                case 3 -> writer.bindingChange();
                case 4 -> writer.error(random.nextInt(300, 700), "no".repeat(2 * random.nextInt(5)));
                default -> writer.username("x".repeat(random.nextInt(40)));
            }
        }
        writer.integrity(random.nextBoolean() ? Integrity.FILLED : Integrity.PLAIN, "secret");
        return random.nextBoolean() ? writer.fingerprint().bytes() : writer.bytes();
    }

    private static InetSocketAddress address(SplittableRandom random) {
        byte[] raw = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(raw);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), random.nextInt(65_536));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
