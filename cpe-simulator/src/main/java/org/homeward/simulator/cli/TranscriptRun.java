package org.homeward.simulator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.wire.Transcript;
import org.homeward.simulator.wire.TranscriptPlayer;
import org.homeward.simulator.wire.TranscriptPlayer.Played;
import org.homeward.simulator.wire.TranscriptPlayer.Source;

/** A recorded session as a CPE: says what was said, answers what is asked, and tells how the ACS took it. */
final class TranscriptRun {
    private final FleetOptions options;
    private final Screen screen;

    TranscriptRun(FleetOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /** As expected when the ACS ended every session as the standard wants: with an empty answer. */
    int play(Path file) {
        Transcript transcript;
        CpeIdentity identity;
        try {
            transcript = Transcript.read(file);
            identity = transcript.identity().orElseThrow(() -> new IOException("it has no Inform that can be read"));
        } catch (IOException e) {
            throw new UncheckedIOException("--transcript " + file, e);
        }
        try {
            screen.out().println("CPE " + identity.deviceId() + " of " + transcript.name());
            List<Played> played = new TranscriptPlayer(options.acs(), transcript, options.credentials(identity)).play();
            for (int i = 0; i < played.size(); i++) {
                screen.out().println("session " + (i + 1) + ": " + told(played.get(i)));
            }
            return played.stream().allMatch(Played::ended) ? Main.AS_EXPECTED : Main.NOT_AS_EXPECTED;
        } catch (IOException e) {
            screen.err().println("the ACS did not hear all of it: " + e.getMessage());
            return Main.NOT_AS_EXPECTED;
        }
    }

    private static String told(Played played) {
        String asked = played.asked().stream()
                .map(a -> a.method() + (a.answer() == Source.RECORDED ? "" : " (not in the recording: fault)"))
                .collect(Collectors.joining(", "));
        String end = played.ended()
                ? "ended well"
                : "did not end well, HTTP "
                        + played.statuses().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return end + (asked.isEmpty() ? ", asked nothing" : ", asked " + asked);
    }
}
