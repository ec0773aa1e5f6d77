package org.homeward.provisioning.selfcare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RegulationTest {

    private final Regulation regulation = Regulation.shipped("ETSI");

    @Test
    void theCountryDecides() {
        assertThat(regulation.channels("2.4GHz", "US", "")).contains(11).doesNotContain(12);
        assertThat(regulation.channels("2.4GHz", "DEI", "")).contains(13).doesNotContain(14);
        assertThat(regulation.channels("5GHz", "us ", "")).contains(149);
        assertThat(regulation.channels("5GHz", "DE", "")).contains(140).doesNotContain(38, 144, 149);
    }

    @Test
    void anUnknownCountryGoesByTheDomainThatIsConfigured() {
        assertThat(regulation.channels("2.4GHz", "ZZ", "")).contains(13);
        assertThat(Regulation.shipped("FCC").channels("2.4GHz", "", "")).doesNotContain(13);
    }

    @Test
    void whatTheDeviceCanNotDoIsLeftOut() {
        assertThat(regulation.channels("5GHz", "DE", "36,40,44, 149")).containsExactly(36, 40, 44);
        assertThat(regulation.channels("2.4GHz", "DE", "1-11")).hasSize(11);
    }

    @Test
    void aDeviceThatListsNonsenseIsNotBelieved() {
        assertThat(regulation.channels("2.4GHz", "DE", "auto,-,99999999999")).hasSize(13);
    }

    @Test
    void aDomainThatThereIsNotIsAnErrorOfTheConfiguration() {
        assertThatThrownBy(() -> Regulation.shipped("MARS")).hasMessageContaining("MARS");
    }
}
