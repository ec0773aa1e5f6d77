package org.homeward.simulator.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisbehaviourMixTest {

    @Test
    void readsSharesInPerCentAndAsFractionsAndNamesAlone() {
        MisbehaviourMix mix = MisbehaviourMix.parse("slow=5%, drops=0.01,odd-xml");

        assertThat(mix.shares())
                .isEqualTo(Map.of(Misbehaviour.SLOW, 0.05, Misbehaviour.DROPS, 0.01, Misbehaviour.ODD_XML, 1.0));
    }

    @Test
    void allMeansEveryKindButForTheExceptionsAfterIt() {
        MisbehaviourMix mix = MisbehaviourMix.parse("all=8%,bricks=1%");

        assertThat(mix.shares())
                .hasSize(Misbehaviour.values().length)
                .containsEntry(Misbehaviour.SLOW, 0.08)
                .containsEntry(Misbehaviour.BRICKS, 0.01);
    }

    @Test
    void writesWhatItReads() {
        MisbehaviourMix mix = MisbehaviourMix.parse("slow=5%,boot-loops=100%");

        assertThat(MisbehaviourMix.parse(mix.toString())).isEqualTo(mix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "slow=", "slow=101%", "slow=2", "slow=-1", "sloww", "slow;drops"})
    void refusesWhatMakesNoSense(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MisbehaviourMix.parse(text));
    }

    @Test
    void namesTheKindsThereAreWhenItDoesNotKnowOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MisbehaviourMix.parse("lazy"))
                .withMessageContainingAll("lazy", "slow", "boot-loops");
    }

    @ParameterizedTest
    @EnumSource(Misbehaviour.class)
    void everyKindIsFoundByItsName(Misbehaviour misbehaviour) {
        assertThat(Misbehaviour.named(misbehaviour.text())).isEqualTo(misbehaviour);
        assertThat(misbehaviour.does()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(Misbehaviour.class)
    void everyKindStandsOnThePageOfTheLab(Misbehaviour misbehaviour) throws Exception {
        assertThat(Files.readString(Path.of("../docs/lab.md")))
                .contains("| `" + misbehaviour.text() + "` | " + misbehaviour.does() + " |");
    }

    @Test
    void theSameSeedsDrawTheSameAndAboutTheWantedShare() {
        MisbehaviourMix mix = MisbehaviourMix.parse("slow=20%,drops=50%");

        List<Set<Misbehaviour>> drawn =
                LongStream.range(0, 10_000).mapToObj(mix::drawnBy).toList();

        assertThat(LongStream.range(0, 10_000).mapToObj(mix::drawnBy)).isEqualTo(drawn);
        assertThat(drawn.stream().filter(d -> d.contains(Misbehaviour.SLOW)).count())
                .isBetween(1_800L, 2_200L);
        assertThat(drawn.stream()
                        .filter(d -> d.contains(Misbehaviour.SLOW) && d.contains(Misbehaviour.DROPS))
                        .count())
                .isBetween(850L, 1_150L);
    }

    @Test
    void aFurtherKindChangesNothingForTheOthers() {
        Set<Misbehaviour> alone = MisbehaviourMix.parse("slow=20%").drawnBy(5);

        assertThat(MisbehaviourMix.parse("slow=20%,drops=0%").drawnBy(5)).isEqualTo(alone);
    }
}
