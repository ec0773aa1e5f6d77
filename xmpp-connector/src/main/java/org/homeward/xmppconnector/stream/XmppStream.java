package org.homeward.xmppconnector.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.homeward.xmppconnector.stream.Reply.NotSent;
import org.homeward.xmppconnector.stream.Reply.Refusal;
import org.homeward.xmppconnector.stream.Reply.Result;
import org.homeward.xmppconnector.stream.Reply.Silence;
import org.jboss.logging.Logger;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.SmackException.NotConnectedException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.SimpleIQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.UnparsedIQ;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;

/**
 * The stream, kept open. One thread signs in, asks now and then whether the server is there, and begins again with a
 * back-off when it is not; one sends. However many IQs are under way, no thread waits for them.
 */
public final class XmppStream implements Asking, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(XmppStream.class);

    private final ServerPlace place;
    private final Consumer<Presence> presences;
    private final Questions questions = new Questions();
    private final Retry retry;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("xmpp-sender").factory());
    private final Thread keeper =
            Thread.ofPlatform().daemon().name("xmpp-stream").unstarted(this::keep);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Counter opened;
    private final Counter dropped;
    private volatile @Nullable Session session;
    private volatile String trouble = "it is being opened.";

    /** @param presences hears presence stanzas, one after the other; must not block */
    public XmppStream(ServerPlace place, Consumer<Presence> presences, MeterRegistry meters) {
        this.place = place;
        this.presences = presences;
        this.retry = new Retry(place.times().shortestRetry(), place.times().longestRetry(), new SecureRandom());
        this.opened = Counter.builder("homeward.xmpp.streams.opened")
                .description("Times that the connector signed in to the XMPP server")
                .register(meters);
        this.dropped = Counter.builder("homeward.xmpp.answers.dropped")
                .description("Answers that nobody waited for: late, unasked, or not from the one that was asked")
                .register(meters);
        Gauge.builder("homeward.xmpp.connected", this, stream -> stream.isUp() ? 1 : 0)
                .description("Whether there is a stream to the XMPP server")
                .register(meters);
    }

    public XmppStream start() {
        keeper.start();
        return this;
    }

    public boolean isUp() {
        return session != null;
    }

    /** Why there is no stream, for people; of no meaning while there is one. */
    public String trouble() {
        return trouble;
    }

    /** IQs that wait for an answer. */
    public int underWay() {
        return questions.underWay();
    }

    @Override
    public CompletionStage<Reply> ask(IQ question, Duration within) {
        Session now = session;
        if (now == null) {
            return CompletableFuture.completedStage(notSent());
        }
        Questions.Noted noted = questions.ask(question.getTo(), within);
        question.setStanzaId(noted.id());
        sender.execute(() -> {
            // it may have waited here for longer than anybody waits for it
            if (!noted.answer().isDone() && !isDone(() -> now.send(question))) {
                noted.answer().complete(notSent());
            }
        });
        return noted.answer();
    }

    /** Asks to be told of the presence of an account, which its device may grant or not. */
    public void subscribe(BareJid account) {
        Session now = session;
        if (now != null) {
            sender.execute(() -> {
                if (!isDone(() -> now.subscribe(account))) {
                    LOG.debugf("the presence of %s is asked for another time", account);
                }
            });
        }
    }

    /**
     * Whether the server lets somebody in with that. Blocks.
     *
     * @throws IOException when it cannot be asked
     */
    public boolean admits(String username, String password) throws IOException, InterruptedException {
        try {
            return Session.admits(place, username, password);
        } catch (SmackException | XMPPException e) {
            throw new IOException(Trouble.of(e, place), e);
        }
    }

    private NotSent notSent() {
        return new NotSent("There is no stream to the XMPP server: " + trouble);
    }

    /** Something that is sent. */
    private interface Sending {
        void send() throws NotConnectedException, InterruptedException;
    }

    private static boolean isDone(Sending sending) {
        try {
            sending.send();
            return true;
        } catch (NotConnectedException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void keep() {
        try {
            while (isRunning()) {
                long began = System.nanoTime();
                say(once());
                if (System.nanoTime() - began > place.times().longestRetry().toNanos()) {
                    retry.reset();
                }
                if (isRunning()) {
                    pause(retry.next());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the stream ends with the connector");
        } catch (RuntimeException | Error e) {
            trouble = "it ended, which it never should (" + e + "). Restart the connector.";
            LOG.error("the XMPP stream ended, which it never should", e);
            throw e;
        }
    }

    private boolean isRunning() {
        return stop.getCount() > 0;
    }

    private void pause(Duration wait) throws InterruptedException {
        if (stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("told to stop while waiting to connect again");
        }
    }

    private void say(String why) {
        if (!isRunning()) {
            return;
        }
        if (why.equals(trouble)) {
            LOG.debugf("still no stream to the XMPP server: %s", why);
        } else {
            LOG.warnf("no stream to the XMPP server, it is tried again: %s", why);
        }
        trouble = why;
    }

    /** One stream, from connecting to its end. @return why it ended */
    private String once() throws InterruptedException {
        try (Session open = Session.open(place, new Listening())) {
            opened.increment();
            session = open;
            LOG.infof("signed in to the XMPP server as %s", place);
            try {
                return live(open);
            } finally {
                session = null;
                questions.lose("the stream to the XMPP server broke before it answered");
            }
        } catch (SmackException | XMPPException | IOException | RuntimeException e) {
            return Trouble.of(e, place);
        }
    }

    private String live(Session open) throws InterruptedException {
        while (isRunning()) {
            String end = open.awaitEnd(place.times().ping());
            if (end != null) {
                return end;
            }
            if (isRunning() && !isThere()) {
                open.kill();
                return "the server at " + place.address() + " has fallen silent.";
            }
        }
        return "the connector stops.";
    }

    private boolean isThere() throws InterruptedException {
        IQ ping = new SimpleIQ("ping", "urn:xmpp:ping") {};
        ping.setTo(place.domain());
        try {
            // any answer will do, and an error is one
            return !(ask(ping, place.times().connect()).toCompletableFuture().get() instanceof Silence);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question never fails", e);
        }
    }

    private final class Listening implements Session.Hearer {
        @Override
        public void answer(IQ answer) {
            if (!questions.answered(answer.getStanzaId(), answer.getFrom(), reply(answer))) {
                dropped.increment();
            }
        }

        private static Reply reply(IQ answer) {
            if (answer.getType() == IQ.Type.result) {
                return new Result(answer instanceof UnparsedIQ payload ? String.valueOf(payload.getContent()) : "");
            }
            StanzaError error = answer.getError();
            return error == null
                    ? new Refusal("undefined-condition", "")
                    : new Refusal(
                            error.getCondition().toString(),
                            error.getDescriptiveText() == null ? "" : error.getDescriptiveText());
        }

        @Override
        public void presence(Presence presence) {
            presences.accept(presence);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        Session now = session;
        if (now != null) {
            now.close();
        }
        keeper.interrupt();
        try {
            if (!keeper.join(place.times().connect())) {
                LOG.warn("the stream did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.shutdownNow();
        questions.lose("the connector stopped before it answered");
    }
}
