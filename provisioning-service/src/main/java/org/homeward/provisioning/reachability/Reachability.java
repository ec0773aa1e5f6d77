package org.homeward.provisioning.reachability;

import java.time.Instant;
import java.util.List;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.XmppPresence;
import org.homeward.provisioning.plan.Choice;
import org.homeward.provisioning.plan.Contacts;
import org.homeward.provisioning.plan.Contacts.Trial;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.Experience;
import org.homeward.provisioning.plan.Known;
import org.homeward.provisioning.plan.OpenSession;
import org.homeward.provisioning.plan.Way;
import org.jspecify.annotations.Nullable;

/**
 * Whether a device can be reached, and how anybody knows.
 *
 * @param by the ways that are likely to make it call, the likeliest first
 * @param since when this state began, as far as that is known
 * @param evidence for people
 * @param lastInform when it last called; null for never, or where the registry can't be asked
 * @param ways all that there are, the likeliest first
 */
public record Reachability(
        State state,
        List<String> by,
        @Nullable Instant since,
        String evidence,
        @Nullable Instant lastInform,
        List<Lead> ways) {

    /** In which state a device is. */
    public enum State {
        /** It is in a session, or called within what its interval promises. */
        ONLINE,
        /** It did not call as it should, but keeps a way open. */
        REACHABLE,
        /** It did not call as it should, and keeps no way open. Orders still try all that there are. */
        SILENT,
        /** It never called, or nobody can say. */
        UNKNOWN
    }

    /**
     * A way to the device.
     *
     * @param transport {@code http}, {@code stun}, {@code xmpp}
     * @param address host and port, or a JID
     * @param promise what is to be expected of it
     * @param evidence why, for people
     * @param lastSuccess when it last brought a session; null for never
     * @param lastFailure when it last came to nothing; null for never
     * @param lastCause why it did; null for never
     */
    public record Lead(
            String transport,
            String address,
            Way.Promise promise,
            String evidence,
            @Nullable Instant lastSuccess,
            @Nullable Instant lastFailure,
            @Nullable String lastCause) {}

    /** Puts together what is known. */
    public static Reachability of(DeviceLedger ledger, Heard heard, Instant now) {
        Known known = ledger.known();
        List<Way> ways = Choice.of(known, Experience.NONE, now);
        List<Lead> leads = ways.stream().map(way -> lead(way, known)).toList();
        List<String> likely = ways.stream()
                .filter(way -> isLikely(way, known.contacts()))
                .map(way -> way.transport().toString())
                .toList();
        OpenSession session = ledger.session();
        if (session != null) {
            return new Reachability(
                    State.ONLINE, likely, session.startedAt(), "in a session now", heard.lastInform(), leads);
        }
        if (heard.state().equals("online")) {
            return new Reachability(
                    State.ONLINE,
                    likely,
                    heard.since(),
                    "it called at " + heard.lastInform() + ", and is not late for its next periodic Inform",
                    heard.lastInform(),
                    leads);
        }
        List<String> kept = ways.stream()
                .filter(way -> isKeptOpen(way, known.contacts()))
                .map(way -> way.transport().toString())
                .toList();
        if (!kept.isEmpty()) {
            Lead first = leads.stream()
                    .filter(lead -> lead.transport().equals(kept.getFirst()))
                    .findFirst()
                    .orElseThrow();
            return new Reachability(
                    State.REACHABLE, kept, openSince(known.contacts()), first.evidence(), heard.lastInform(), leads);
        }
        return heard.state().equals("offline")
                ? new Reachability(
                        State.SILENT, List.of(), heard.lastInform(), heard.evidence(), heard.lastInform(), leads)
                : new Reachability(State.UNKNOWN, likely, null, heard.evidence(), heard.lastInform(), leads);
    }

    private static boolean isLikely(Way way, Contacts contacts) {
        Trial trial = contacts.trial(way.transport());
        return way.promise() != Way.Promise.CLOSED && (trial.failed() == null || trial.worksNow());
    }

    /** Whether the device itself keeps it open, now. */
    private static boolean isKeptOpen(Way way, Contacts contacts) {
        return switch (way.transport()) {
            case HTTP -> false;
            case STUN -> contacts.binding() != null && !contacts.binding().lapsed();
            case XMPP -> contacts.presence() != null && contacts.presence().online();
        };
    }

    private static @Nullable Instant openSince(Contacts contacts) {
        UdpBinding binding = contacts.binding();
        XmppPresence presence = contacts.presence();
        Instant bound = binding == null || binding.lapsed() ? null : binding.since();
        Instant signedIn = presence == null || !presence.online() ? null : presence.since();
        return bound == null || signedIn != null && signedIn.isBefore(bound) ? signedIn : bound;
    }

    private static Lead lead(Way way, Known known) {
        Trial trial = known.contacts().trial(way.transport());
        return new Lead(
                way.transport().toString(),
                way.address(),
                way.promise(),
                way.doubt().isEmpty() ? goodEvidence(way, known.contacts()) : way.doubt(),
                trial.worked(),
                trial.failed(),
                trial.cause().isEmpty() ? null : trial.cause());
    }

    private static String goodEvidence(Way way, Contacts contacts) {
        UdpBinding binding = contacts.binding();
        XmppPresence presence = contacts.presence();
        return switch (way.transport()) {
            case HTTP -> "its ConnectionRequestURL names the address that it last called from";
            case STUN ->
                binding == null
                        ? ""
                        : "it keeps a binding open to " + binding.connector() + " since " + binding.since();
            case XMPP ->
                presence != null
                        ? "signed in since " + presence.since()
                        : contacts.jabberId().isEmpty()
                                ? "it was given this account, and no server tells whether it is signed in"
                                : "it says that it is signed in as this";
        };
    }
}
