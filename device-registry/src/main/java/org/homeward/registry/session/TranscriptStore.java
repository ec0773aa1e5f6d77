package org.homeward.registry.session;

import java.util.Collection;
import java.util.List;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.contracts.session.SessionTranscript.Line;

/** Where transcripts are kept. Takes part in no transaction: the same part again replaces itself. */
public interface TranscriptStore {

    /** A part of the transcript of a session of a device. */
    record Part(DeviceKey device, SessionTranscript transcript) {}

    void save(Collection<Part> parts);

    /** What was said in a session of so many parts, in order; parts that are not there are left out. */
    List<Line> lines(DeviceKey device, SessionId session, int parts);

    /** A session whose transcript can go. */
    record Kept(DeviceKey device, SessionId session, int parts) {}

    void delete(Collection<Kept> sessions);
}
