package org.homeward.provisioning.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.homeward.provisioning.channel.Choice.Score;
import org.homeward.provisioning.channel.Choice.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelChooserTest {

    private static final Regulation GERMANY = Regulation.of("DE").orElseThrow();
    private static final Regulation AMERICA = Regulation.of("US").orElseThrow();
    private final ChannelChooser chooser = new ChannelChooser(ChannelPolicy.USUAL);

    private static Radio radio(Band band, int channel, int width, Integer... possible) {
        return new Radio(band, channel, false, width, Set.of(possible), "DE", Set.of("00:11:22:33:44:55"));
    }

    private static Radio on24(int channel) {
        return radio(Band.GHZ_2_4, channel, 20);
    }

    private static Neighbour heard(Band band, int channel, int width, int signal) {
        return new Neighbour("n", "06:00:00:00:00:0" + channel % 10, band, channel, width, signal);
    }

    private static Neighbour heard(int channel, int signal) {
        return heard(Band.GHZ_2_4, channel, 20, signal);
    }

    private static Score score(Choice choice, int channel) {
        return choice.scores().stream()
                .filter(score -> score.channel() == channel)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void leavesAChannelThatIsCrowdedForOneThatIsFree() {
        Choice choice = chooser.choose(on24(6), List.of(heard(6, -48), heard(6, -60), heard(1, -70)), GERMANY);

        assertThat(choice.verdict()).isEqualTo(Verdict.MOVE);
        assertThat(choice.to()).isEqualTo(11);
        assertThat(choice.words())
                .isEqualTo(
                        "On 2.4GHz channel 6 is shared: 2 networks are heard, at -48 dBm together. On channel 11 nobody"
                                + " else is heard, so what disturbs the network is 47 dB less there.");
    }

    @Test
    void staysWhereAMoveWouldGainLittle() {
        Choice choice =
                chooser.choose(on24(6), List.of(heard(1, -70), heard(6, -70), heard(6, -74), heard(11, -70)), GERMANY);

        assertThat(choice.verdict()).isEqualTo(Verdict.STAY);
        assertThat(choice.to()).isEqualTo(6);
        assertThat(choice.words()).startsWith("On 2.4GHz channel 6 can stay:").contains("it takes 6 dB");
    }

    @Test
    void staysWhereNobodyElseIs() {
        Choice choice = chooser.choose(on24(1), List.of(), GERMANY);

        assertThat(choice.verdict()).isEqualTo(Verdict.STAY);
        assertThat(choice.words()).isEqualTo("On 2.4GHz channel 1 is the best there is: nobody else is heard.");
    }

    @Test
    void countsWhatReachesOverFromBesideByHowMuchItLiesOverIt() {
        List<Neighbour> one = List.of(heard(6, -50));
        Choice choice = chooser.choose(on24(1), one, GERMANY);

        assertThat(List.of(6, 5, 4, 3, 2, 1).stream()
                        .map(channel -> score(choice, channel).heard())
                        .toList())
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(score(choice, 5).networks()).isEqualTo(1);
        assertThat(score(choice, 1).networks()).isZero();
    }

    @Test
    void oneThatIsNearCountsMoreThanManyThatAreFar() {
        Choice choice = chooser.choose(
                on24(1),
                Stream.concat(
                                IntStream.range(0, 8).mapToObj(each -> heard(11, -85)),
                                Stream.of(heard(1, -50), heard(6, -55)))
                        .toList(),
                GERMANY);

        assertThat(choice.to()).isEqualTo(11);
    }

    @Test
    void aChannelAcrossTwoOthersIsTheLastToBeTaken() {
        Choice choice = chooser.choose(on24(3), List.of(), GERMANY);

        assertThat(choice.verdict()).isEqualTo(Verdict.STAY);
        assertThat(choice.scores().stream().limit(3).map(Score::channel)).containsExactly(1, 6, 11);
        assertThat(score(choice, 3).reasons()).contains("it lies across two of the channels 1, 6 and 11");
    }

    @Test
    void ownNetworksAreNoNeighbours() {
        Neighbour own = new Neighbour("own guests", "001122334455", Band.GHZ_2_4, 6, 20, -20);

        Choice choice = chooser.choose(on24(6), List.of(own), GERMANY);

        assertThat(score(choice, 6).networks()).isZero();
    }

    @Test
    void aWideNetworkIsMovedAsAWhole() {
        Choice choice = chooser.choose(radio(Band.GHZ_5, 36, 80), List.of(heard(Band.GHZ_5, 48, 20, -45)), AMERICA);

        assertThat(choice.verdict()).isEqualTo(Verdict.MOVE);
        assertThat(choice.to()).isEqualTo(149);
        assertThat(choice.scores()).noneMatch(score -> score.channel() == 165);
    }

    @Test
    void aChannelWithRadarIsTakenOnlyWhereItIsMuchQuieter() {
        Radio wide = radio(Band.GHZ_5, 36, 80);

        Choice little = chooser.choose(wide, List.of(heard(Band.GHZ_5, 36, 80, -84)), GERMANY);
        Choice much = chooser.choose(wide, List.of(heard(Band.GHZ_5, 36, 80, -50)), GERMANY);

        assertThat(little.verdict()).isEqualTo(Verdict.STAY);
        assertThat(much.to()).isEqualTo(52);
        assertThat(score(much, 52).reasons()).contains("it has to give way to radar");
    }

    @Test
    void onlyPossibleChannelsAreTaken() {
        Choice choice = chooser.choose(radio(Band.GHZ_2_4, 1, 20, 1, 2, 3, 4), List.of(heard(1, -40)), GERMANY);

        assertThat(choice.scores()).extracting(Score::channel).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    void aForbiddenChannelIsLeft() {
        Choice choice = chooser.choose(on24(13), List.of(), AMERICA);

        assertThat(choice.verdict()).isEqualTo(Verdict.MOVE);
        assertThat(choice.words())
                .isEqualTo("Channel 13 of 2.4GHz is none that the device may be on in US. Channel 1 is the quietest:"
                        + " nobody else is heard.");
    }

    @Test
    void whereNoneIsAllowedNoneIsChosen() {
        Choice choice = chooser.choose(radio(Band.GHZ_5, 165, 20, 165), List.of(), GERMANY);

        assertThat(choice.verdict()).isEqualTo(Verdict.NONE);
        assertThat(choice.to()).isEqualTo(165);
        assertThat(choice.words()).isEqualTo("On 5GHz none of the channels that the device offers is allowed in DE.");
    }

    @Test
    void aDeviceThatSaysNoChannelIsGivenOne() {
        Choice choice = chooser.choose(on24(0), List.of(heard(1, -50)), GERMANY);

        assertThat(choice.to()).isEqualTo(6);
        assertThat(choice.words()).startsWith("The device does not say which channel it is on in 2.4GHz.");
    }

    @Test
    void whoChoseItselfIsToldThatItNoLongerWill() {
        Radio radio = new Radio(Band.GHZ_2_4, 6, true, 20, Set.of(), "", Set.of());

        Choice choice = chooser.choose(radio, List.of(heard(6, -40)), GERMANY);

        assertThat(choice.words()).endsWith("The device chose its channel itself; it no longer will.");
    }

    /** Radios and neighbours by chance, the same each time. */
    private record Case(Radio radio, List<Neighbour> neighbours, Regulation regulation) {}

    private static Stream<Case> cases() {
        Random random = new Random(20261121);
        return IntStream.range(0, 300).mapToObj(each -> aCase(random));
    }

    private static Case aCase(Random random) {
        Band band = Band.values()[random.nextInt(3)];
        List<String> countries = List.of("DE", "US", "JP", "CN", "CA");
        Regulation regulation =
                Regulation.of(countries.get(random.nextInt(countries.size()))).orElseThrow();
        int[] widths = {20, 40, 80, 160};
        Set<Integer> possible = new TreeSet<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            possible.add(anyChannel(band, random));
        }
        Radio radio = new Radio(
                band,
                random.nextInt(5) == 0 ? 0 : anyChannel(band, random),
                random.nextBoolean(),
                widths[random.nextInt(band == Band.GHZ_2_4 ? 2 : 4)],
                possible,
                "",
                Set.of());
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            neighbours.add(neighbour(band, anyChannel(band, random), random));
        }
        return new Case(radio, neighbours, regulation);
    }

    private static Neighbour neighbour(Band band, int channel, Random random) {
        int[] widths = {20, 40, 80, 160};
        return new Neighbour(
                "n",
                Integer.toHexString(random.nextInt()),
                band,
                channel,
                widths[random.nextInt(4)],
                -30 - random.nextInt(65));
    }

    private static int anyChannel(Band band, Random random) {
        return switch (band) {
            case GHZ_2_4 -> 1 + random.nextInt(13);
            case GHZ_5 -> new int[] {36, 40, 44, 48, 52, 64, 100, 116, 124, 140, 149, 161, 165}[random.nextInt(13)];
            case GHZ_6 -> 1 + 4 * random.nextInt(50);
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void neverProposesWhatIsForbiddenOrNotPossible(Case each) {
        Choice choice = chooser.choose(each.radio(), each.neighbours(), each.regulation());

        if (choice.verdict() == Verdict.MOVE) {
            assertThat(each.regulation().allows(each.radio().band(), choice.to()))
                    .isTrue();
            assertThat(each.radio().possible().isEmpty()
                            || each.radio().possible().contains(choice.to()))
                    .isTrue();
        } else {
            assertThat(choice.to()).isEqualTo(each.radio().channel());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneMoreNeighbourNeverMakesItsChannelBetter(Case each) {
        Random random = new Random(each.hashCode());
        int channel = anyChannel(each.radio().band(), random);
        List<Neighbour> more = new ArrayList<>(each.neighbours());
        more.add(neighbour(each.radio().band(), channel, random));

        Map<Integer, Double> before = scores(chooser.choose(each.radio(), each.neighbours(), each.regulation()));
        Map<Integer, Double> after = scores(chooser.choose(each.radio(), more, each.regulation()));

        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((candidate, score) -> assertThat(after.get(candidate)).isGreaterThanOrEqualTo(score));
    }

    private static Map<Integer, Double> scores(Choice choice) {
        return choice.scores().stream().collect(Collectors.toMap(Score::channel, Score::score));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderInWhichTheyWereHeardDoesNotMatter(Case each) {
        List<Neighbour> shuffled = new ArrayList<>(each.neighbours());
        Collections.shuffle(shuffled, new Random(7));

        Function<List<Neighbour>, Choice> choose =
                neighbours -> chooser.choose(each.radio(), neighbours, each.regulation());

        assertThat(choose.apply(shuffled)).isEqualTo(choose.apply(each.neighbours()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatWasChosenIsKeptTheNextTime(Case each) {
        Choice first = chooser.choose(each.radio(), each.neighbours(), each.regulation());
        Radio moved = new Radio(
                each.radio().band(),
                first.to(),
                false,
                each.radio().width(),
                each.radio().possible(),
                "",
                Set.of());

        Choice second = chooser.choose(moved, each.neighbours(), each.regulation());

        assertThat(second.to()).isEqualTo(first.to());
    }
}
