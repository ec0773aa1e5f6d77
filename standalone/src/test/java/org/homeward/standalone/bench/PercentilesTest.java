package org.homeward.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void aPercentileIsTheValueThatSoManyPerCentDoNotExceed() {
        // Given
        double[] millis =
                IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();

        // When
        Percentiles percentiles = Percentiles.of(millis);

        // Then
        assertThat(percentiles).isEqualTo(new Percentiles(200, 100, 190, 198, 200));
    }

    @Test
    void oneValueIsAllPercentiles() {
        assertThat(Percentiles.of(new double[] {7})).isEqualTo(new Percentiles(1, 7, 7, 7, 7));
    }

    @Test
    void nothingMeasuredIsNothing() {
        assertThat(Percentiles.of(new double[0])).isEqualTo(new Percentiles(0, 0, 0, 0, 0));
    }
}
