package org.homeward.gateway.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How many messages a CPU-second carries; the bounds are far below, so that a busy machine does not fail the build. */
class CodecSpeedTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static int consumed;

    private static double perCpuSecond(Runnable work) {
        for (int i = 0; i < 20_000; i++) {
            work.run();
        }
        long start = THREADS.getCurrentThreadCpuTime();
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            work.run();
        }
        return rounds * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
    }

    private static String inform3500() {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; parameters.length() < 2600; i++) {
            parameters.append(Envelopes.parameter(
                    "InternetGatewayDevice.DeviceInfo.X_ACME_Parameter" + i, "xsd:string", "value number " + i));
        }
        return Envelopes.inform(Envelopes.device("00256D", "Gateway", "S1"), Envelopes.EVENT, parameters.toString());
    }

    @Test
    void readsWritesAndMasksFarMoreThanASessionNeeds() {
        String xml = inform3500();
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        EnvelopeWriter writer = new EnvelopeWriter(text -> text);
        EnvelopeHead head = new EnvelopeHead(CwmpNamespace.V1_2, "1", false);

        double reads = perCpuSecond(() -> consumed += EnvelopeReader.read(bytes).hashCode());
        double writes = perCpuSecond(() -> consumed +=
                writer.response(head, new AcsResponse.InformResponse()).getBytes(StandardCharsets.UTF_8).length);
        double masks = perCpuSecond(() -> consumed += SecretMask.mask(xml).length());

        System.out.printf(
                "per CPU-second: %.0f Informs of %d bytes read, %.0f InformResponses written, %.0f Informs masked (%d)%n",
                reads, bytes.length, writes, masks, consumed);
        assertThat(reads).isGreaterThan(2000);
        assertThat(writes).isGreaterThan(20_000);
        assertThat(masks).isGreaterThan(2000);
    }
}
