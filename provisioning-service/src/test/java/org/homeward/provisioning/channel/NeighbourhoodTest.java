package org.homeward.provisioning.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.homeward.provisioning.channel.Choice.Verdict;
import org.homeward.provisioning.channel.Neighbourhood.Home;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {

    private static final Regulation GERMANY = Regulation.of("DE").orElseThrow();
    private final Neighbourhood neighbourhood = new Neighbourhood(new ChannelChooser(ChannelPolicy.USUAL));

    private static String bssid(String id) {
        return "00:11:22:00:00:" + id;
    }

    private static Radio radio(String id, int channel) {
        return new Radio(Band.GHZ_2_4, channel, false, 20, Set.of(), "DE", Set.of(bssid(id)));
    }

    /** All hear each other, all on the same channel, and the first the loudest. */
    private static List<Home> crowd(int channel, String... ids) {
        List<Home> homes = new ArrayList<>();
        for (String id : ids) {
            List<Neighbour> heard = new ArrayList<>();
            for (String other : ids) {
                if (!other.equals(id)) {
                    heard.add(new Neighbour(
                            other,
                            bssid(other).toLowerCase(),
                            Band.GHZ_2_4,
                            channel,
                            20,
                            -40 - homes.size() - heard.size()));
                }
            }
            homes.add(new Home(id, radio(id, channel), heard, GERMANY));
        }
        return homes;
    }

    @Test
    void homesThatHearEachOtherDoNotAllMoveToTheSameChannel() {
        Map<String, Choice> choices = neighbourhood.choose(crowd(6, "a1", "a2", "a3"));

        Map<String, Integer> channels = new TreeMap<>();
        choices.forEach((id, choice) -> channels.put(id, choice.to()));
        assertThat(channels.values()).containsExactlyInAnyOrder(1, 6, 11);
    }

    @Test
    void homesThatDoNotHearEachOtherMayMoveToTheSameChannel() {
        Neighbour stranger = new Neighbour("x", "06:00:00:00:00:01", Band.GHZ_2_4, 6, 20, -45);

        Map<String, Choice> choices = neighbourhood.choose(List.of(
                new Home("a", radio("0a", 6), List.of(stranger), GERMANY),
                new Home("b", radio("0b", 6), List.of(stranger), GERMANY)));

        assertThat(choices.values()).extracting(Choice::to).containsOnly(1);
    }

    @Test
    void theOrderOfTheSelectionDoesNotMatter() {
        List<Home> homes = crowd(1, "01", "02", "03", "04", "05");

        assertThat(neighbourhood.choose(homes.reversed())).isEqualTo(neighbourhood.choose(homes));
    }

    @Test
    void whoIsAloneStays() {
        Map<String, Choice> choices = neighbourhood.choose(List.of(new Home("a", radio("0a", 1), List.of(), GERMANY)));

        assertThat(choices.get("a")).extracting(Choice::verdict).isEqualTo(Verdict.STAY);
    }
}
