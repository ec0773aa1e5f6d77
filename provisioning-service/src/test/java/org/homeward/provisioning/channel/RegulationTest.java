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

    @Test
    void aDeviceSaysMoreThanItsCountry() {
        assertThat(Regulation.of("DEI").orElseThrow().country()).isEqualTo("DE");
        assertThat(Regulation.of("us ").orElseThrow().country()).isEqualTo("US");
        assertThat(Regulation.of("")).isEmpty();
    }

    @Test
    void whatTheDeviceCanNotDoIsLeftOutButNonsenseIsNotBelieved() {
        Regulation germany = Regulation.of("DE").orElseThrow();

        assertThat(germany.channels(Band.GHZ_5, "36,40,44, 149")).containsExactly(36, 40, 44);
        assertThat(germany.channels(Band.GHZ_2_4, "1-11")).hasSize(11);
        assertThat(germany.channels(Band.GHZ_2_4, "auto,-,99999999999")).hasSize(13);
    }
}
