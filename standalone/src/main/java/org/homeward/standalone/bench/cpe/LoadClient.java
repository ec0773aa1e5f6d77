package org.homeward.standalone.bench.cpe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays the sessions of many CPEs on the thread that calls {@link #run}: one selector, no other threads, so that its
 * cost is small and even.
 */
public final class LoadClient {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(500).toNanos();
    private static final int IO_BUFFER = 256 * 1024;

    private final Acs acs;
    private final Duration patience;
    private final Envelopes envelopes = new Envelopes(HomeGateway.tr098());
    private final ByteBuffer io = ByteBuffer.allocateDirect(IO_BUFFER);

    /**
     * The ACS and how to be let in.
     *
     * @param url {@code http} only
     * @param username what a CPE signs in with until it is given credentials of its own; null if it cannot
     */
    public record Acs(
            URI url, @Nullable String username, @Nullable String password) {

        InetSocketAddress address() {
            return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
        }

        String path() {
            String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        }
    }

    /** @param patience how long a CPE waits for an answer; the standard wants 30 s at least */
    public LoadClient(Acs acs, Duration patience) {
        this.acs = acs;
        this.patience = patience;
    }

    /**
     * Plays all calls.
     *
     * @param most sessions at a time
     * @param tally counts them
     */
    public void run(Calls calls, int most, Tally tally) throws IOException {
        try (Selector selector = Selector.open()) {
            new Run(calls, most, tally, selector).play();
        }
    }

    /** One run: the sessions that are open, and what they use in turn. */
    private final class Run implements CpeSession.Surroundings {
        private final Calls calls;
        private final int most;
        private final Tally tally;
        private final Selector selector;
        private final Set<CpeSession> open = new HashSet<>();
        private final List<CpeSession> spare = new ArrayList<>();
        private long lookAt = System.nanoTime() + BETWEEN_LOOKS;
        private String now = xsdNow();

        Run(Calls calls, int most, Tally tally, Selector selector) {
            this.calls = calls;
            this.most = most;
            this.tally = tally;
            this.selector = selector;
        }

        void play() throws IOException {
            while (true) {
                long time = System.nanoTime();
                begin(time);
                if (open.isEmpty() && calls.isOver(time)) {
                    return;
                }
                selector.select(this::ready, open.size() < most ? calls.pollMillis() : 100);
                if (time - lookAt > 0) {
                    lookAt = time + BETWEEN_LOOKS;
                    now = xsdNow();
                    // a copy: sessions that end leave the set
                    List.copyOf(open).forEach(session -> session.lookAt(time, patience.toNanos()));
                }
            }
        }

        private void begin(long time) {
            while (open.size() < most) {
                Calls.Call call = calls.next(time);
                if (call == null) {
                    return;
                }
                CpeSession session = spare.isEmpty() ? new CpeSession(acs, envelopes, this) : spare.removeLast();
                open.add(session);
                tally.begun();
                session.begin(call, now);
            }
        }

        private void ready(SelectionKey key) {
            if (key.isValid() && key.attachment() instanceof CpeSession session) {
                session.ready(key);
            }
        }

        @Override
        public Selector selector() {
            return selector;
        }

        @Override
        public ByteBuffer io() {
            return io;
        }

        @Override
        public Tally tally() {
            return tally;
        }

        @Override
        public void ended(CpeSession session, Calls.Call call, Calls.End end, String why) {
            long time = System.nanoTime();
            switch (end) {
                case SERVED -> {
                    call.cpe().succeeded(System.currentTimeMillis() - (time - call.due()) / 1_000_000);
                    tally.served(time - call.due(), time);
                }
                case REFUSED -> {
                    call.cpe().failed();
                    tally.refused(time);
                }
                case FAILED -> {
                    call.cpe().failed();
                    tally.failed(why, time);
                }
            }
            open.remove(session);
            spare.add(session);
            calls.ended(call, end, time);
        }

        private static String xsdNow() {
            return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }
}
