package org.homeward.registry.twin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.registry.twin.TwinEntry;
import org.homeward.registry.twin.TwinEntry.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPackingTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesBackWhatWasPacked(long seed) {
        List<TwinEntry> entries = randomEntries(new Random(seed), 400);

        List<TwinEntry> unpacked = BlockPacking.unpack(BlockPacking.pack(entries));

        assertThat(unpacked).isEqualTo(entries);
    }

    @Test
    void readsWhatEarlierReleasesDeflated() {
        List<TwinEntry> entries = randomEntries(new Random(1), 3);
        byte[] packed = BlockPacking.pack(entries);
        int header = packed[1] < 0 ? 3 : 2;
        byte[] plain = Zstd.decompress(Arrays.copyOfRange(packed, header, packed.length), 16_383);
        byte[] deflated = Arrays.copyOf(packed, 16_383);
        deflated[0] = 1;
        int length;
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(plain);
            deflater.finish();
            length = deflater.deflate(deflated, header, deflated.length - header);
        }

        List<TwinEntry> unpacked = BlockPacking.unpack(Arrays.copyOf(deflated, header + length));

        assertThat(unpacked).isEqualTo(entries);
    }

    @Test
    void packsAnEmptyBlock() {
        assertThat(BlockPacking.unpack(BlockPacking.pack(List.of()))).isEmpty();
    }

    @Test
    void takesFewBytesForAParameter() {
        List<TwinEntry> entries = new ArrayList<>();
        for (int i = 100; i < 400; i++) {
            entries.add(new TwinEntry(
                    "InternetGatewayDevice.LANDevice.1.Hosts.Host." + i + ".IPAddress",
                    "192.168.1." + i % 255,
                    ValueType.STRING,
                    Access.READ_ONLY,
                    false,
                    false,
                    1_795_000_000_000L));
        }

        byte[] packed = BlockPacking.pack(entries);

        assertThat(packed.length).isLessThan(300 * 10);
    }

    @Test
    void refusesWhatIsNoBlock() {
        assertThatThrownBy(() -> BlockPacking.unpack(new byte[] {9, 9, 9}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesABlockThatIsCutShort() {
        byte[] packed = BlockPacking.pack(randomEntries(new Random(9), 50));
        byte[] cut = Arrays.copyOf(packed, packed.length / 2);

        assertThatThrownBy(() -> BlockPacking.unpack(cut)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<TwinEntry> randomEntries(Random random, int count) {
        var sorted = new TreeMap<String, TwinEntry>();
        for (int i = 0; i < count; i++) {
            boolean object = random.nextInt(8) == 0;
            String path = "Device.Ünï." + random.nextInt(9) + ".X_" + random.nextInt(1000) + (object ? "." : "");
            boolean known = !object && random.nextInt(5) > 0;
            sorted.put(
                    path,
                    new TwinEntry(
                            path,
                            known ? "wert-€-" + random.nextLong() : null,
                            object ? ValueType.UNKNOWN : ValueType.values()[random.nextInt(ValueType.values().length)],
                            Access.values()[random.nextInt(3)],
                            !known && random.nextBoolean(),
                            random.nextBoolean(),
                            random.nextBoolean() ? 1_795_000_000_000L : 1_795_000_000_000L - random.nextInt(1 << 30)));
        }
        return List.copyOf(sorted.values());
    }
}
