package org.homeward.provisioning.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegulationTest {

    @Test
    void countriesDifferInWhatTheyAllow() {
        Regulation germany = Regulation.of("de").orElseThrow();
        Regulation america = Regulation.of("US").orElseThrow();

        assertThat(germany.allows(Band.GHZ_2_4, 13)).isTrue();
        assertThat(america.allows(Band.GHZ_2_4, 13)).isFalse();
        assertThat(germany.allows(Band.GHZ_5, 149)).isFalse();
        assertThat(america.allows(Band.GHZ_5, 149)).isTrue();
        assertThat(germany.allows(Band.GHZ_6, 97)).isFalse();
        assertThat(america.allows(Band.GHZ_6, 97)).isTrue();
        assertThat(germany.hasRadar(Band.GHZ_5, 100)).isTrue();
        assertThat(germany.hasRadar(Band.GHZ_5, 36)).isFalse();
        assertThat(Regulation.of("XX")).isEmpty();
        assertThat(Regulation.world().allows(Band.GHZ_2_4, 12)).isFalse();
    }
}
