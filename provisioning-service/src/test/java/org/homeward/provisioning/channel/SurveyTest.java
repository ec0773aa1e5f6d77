package org.homeward.provisioning.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurveyTest {

    @Test
    void whatDevicesSayIsUnderstood() {
        Survey survey = Survey.of(Map.of(
                "neighbours",
                List.of(
                        Map.of(
                                "ssid",
                                "a",
                                "bssid",
                                "06:00:00:00:00:01",
                                "band",
                                "2.4GHz",
                                "channel",
                                "6",
                                "signal",
                                "-48",
                                "bandwidth",
                                "40MHz"),
                        Map.of("bssid", "06:00:00:00:00:02", "channel", "112", "signal", "0"),
                        Map.of("ssid", "no channel"),
                        Map.of("channel", "999")),
                "radios",
                List.of(Map.of(
                        "band",
                        "2.4GHz",
                        "channel",
                        "1",
                        "automatic",
                        "1",
                        "possible",
                        "1-4,11",
                        "bandwidth",
                        "Auto",
                        "country",
                        "DE ",
                        "bssid.2.4GHz",
                        "00:11:22:33:44:55",
                        "bssid.guest",
                        ""))));

        assertThat(survey.neighbours())
                .containsExactly(
                        new Neighbour("a", "06:00:00:00:00:01", Band.GHZ_2_4, 6, 40, -48),
                        new Neighbour("", "06:00:00:00:00:02", Band.GHZ_5, 112, 80, -75));
        assertThat(survey.radios())
                .containsExactly(new Radio(
                        Band.GHZ_2_4, 1, true, 20, Set.of(1, 2, 3, 4, 11), "DE", Set.of("00:11:22:33:44:55")));
    }

    @Test
    void nothingIsMadeOfNothing() {
        Survey survey = Survey.of(Map.of("state", "Complete"));

        assertThat(survey.neighbours()).isEmpty();
        assertThat(survey.radios()).isEmpty();
    }
}
