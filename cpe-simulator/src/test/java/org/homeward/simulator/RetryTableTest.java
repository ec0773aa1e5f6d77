package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TR-069 3.2.1.1, table 3. */
class RetryTableTest {

    @ParameterizedTest
    @CsvSource({
        "1, 5, 10",
        "2, 10, 20",
        "3, 20, 40",
        "4, 40, 80",
        "5, 80, 160",
        "6, 160, 320",
        "7, 320, 640",
        "8, 640, 1280",
        "9, 1280, 2560",
        "10, 2560, 5120",
        "11, 2560, 5120",
        "500, 2560, 5120"
    })
    void waitsAsTheTableSays(int retry, int from, int to) {
        SplittableRandom random = new SplittableRandom(retry);
        for (int i = 0; i < 200; i++) {
            assertThat(RetryTable.wait(retry, 5, 2000, random))
                    .isBetween(Duration.ofSeconds(from), Duration.ofSeconds(to));
        }
    }

    @Test
    void waitsAsTheAcsWantsItTo() {
        SplittableRandom random = new SplittableRandom(1);

        assertThat(RetryTable.wait(3, 60, 1000, random)).isEqualTo(Duration.ofSeconds(60));
        assertThat(RetryTable.wait(2, 10, 3000, random)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90));
    }
}
