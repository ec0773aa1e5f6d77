package org.homeward.xmppconnector.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import org.homeward.xmppconnector.stream.Reply.Result;
import org.homeward.xmppconnector.stream.Reply.Silence;
import org.homeward.xmppconnector.stream.Reply.StreamLost;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

class QuestionsTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Jid ASKED = JidCreate.fromOrThrowUnchecked("cpe@xmpp.test/cwmp");
    private static final Jid OTHER = JidCreate.fromOrThrowUnchecked("cpe@xmpp.test/another");

    private final Questions questions = new Questions();

    @Test
    void takesTheAnswerOfTheOneThatWasAsked() {
        Questions.Noted noted = questions.ask(ASKED, LONG);

        boolean taken = questions.answered(noted.id(), ASKED, new Result(""));

        assertThat(taken).isTrue();
        assertThat(noted.answer()).isCompletedWithValue(new Result(""));
        assertThat(questions.underWay()).isZero();
    }

    @Test
    void dropsTheAnswerOfAnybodyElse() {
        Questions.Noted noted = questions.ask(ASKED, LONG);

        boolean taken = questions.answered(noted.id(), OTHER, new Result(""));

        assertThat(taken).isFalse();
        assertThat(questions.answered(noted.id(), null, new Result(""))).isFalse();
        assertThat(noted.answer()).isNotDone();
    }

    @Test
    void dropsAnAnswerThatNobodyAskedFor() {
        questions.ask(ASKED, LONG);

        boolean taken = questions.answered("unknown", ASKED, new Result(""));

        assertThat(taken).isFalse();
        assertThat(questions.answered(null, ASKED, new Result(""))).isFalse();
        assertThat(questions.underWay()).isEqualTo(1);
    }

    @Test
    void dropsASecondAnswer() {
        Questions.Noted noted = questions.ask(ASKED, LONG);
        questions.answered(noted.id(), ASKED, new Result(""));

        boolean taken = questions.answered(noted.id(), ASKED, new Result("again"));

        assertThat(taken).isFalse();
    }

    @Test
    void givesUpWhenNobodyWaitsAnyMore() {
        Questions.Noted noted = questions.ask(ASKED, Duration.ofMillis(20));

        await().atMost(Duration.ofSeconds(60)).until(noted.answer()::isDone);

        assertThat(noted.answer()).isCompletedWithValue(new Silence(Duration.ofMillis(20)));
        assertThat(questions.underWay()).isZero();
    }

    @Test
    void answersForAllWhenTheStreamBreaks() {
        Questions.Noted one = questions.ask(ASKED, LONG);
        Questions.Noted two = questions.ask(OTHER, LONG);

        questions.lose("gone");

        assertThat(one.answer()).isCompletedWithValue(new StreamLost("gone"));
        assertThat(two.answer()).isCompletedWithValue(new StreamLost("gone"));
        assertThat(questions.underWay()).isZero();
    }

    @Test
    void countsRetriesUpToTheLongestAndSpreadsThem() {
        Retry retry = new Retry(Duration.ofSeconds(1), Duration.ofSeconds(8), new Random(7));

        for (long whole : new long[] {1_000, 2_000, 4_000, 8_000, 8_000}) {
            assertThat(retry.next().toMillis()).isBetween(whole / 2, whole);
        }
        retry.reset();
        assertThat(retry.next().toMillis()).isBetween(500L, 1_000L);
    }
}
