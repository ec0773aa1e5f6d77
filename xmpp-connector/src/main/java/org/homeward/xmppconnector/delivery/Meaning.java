package org.homeward.xmppconnector.delivery;

import java.time.Duration;
import org.homeward.xmppconnector.delivery.Outcome.Refused;
import org.homeward.xmppconnector.delivery.Outcome.Taken;
import org.homeward.xmppconnector.delivery.Outcome.Unreachable;
import org.homeward.xmppconnector.stream.Reply;
import org.homeward.xmppconnector.stream.Reply.NotSent;
import org.homeward.xmppconnector.stream.Reply.Refusal;
import org.homeward.xmppconnector.stream.Reply.Result;
import org.homeward.xmppconnector.stream.Reply.Silence;
import org.homeward.xmppconnector.stream.Reply.StreamLost;

/** What an answer to a connection request means (TR-069 K.2.3, RFC 6120 8.3.3). */
final class Meaning {

    private Meaning() {}

    static Outcome of(Reply reply) {
        return switch (reply) {
            case Result taken -> new Taken();
            case Refusal refusal -> refused(refusal);
            case Silence(Duration waited) ->
                new Unreachable("no answer within " + inWords(waited) + ": the XMPP server took the request and the"
                        + " device says nothing. Its line may be down and its stream not yet counted as dead: try"
                        + " again. Some devices fall silent over a credential that is wrong, and some want the"
                        + " XMPP account's password in place of ConnectionRequestPassword: set both the same in its"
                        + " next session.");
            case StreamLost(String why) ->
                new Unreachable(why + ". The device may have got it and call all the same; if it does not, try"
                        + " again: the connector signs in again by itself.");
            case NotSent(String why) -> new Unreachable(why);
        };
    }

    private static Outcome refused(Refusal refusal) {
        return switch (refusal.condition()) {
            case "not-authorized" ->
                new Refused(
                        401,
                        "refused: wrong credential, or our JID is not in ConnReqAllowedJabberIDs"
                                + said(refusal)
                                + ". Set ConnectionRequestUsername, ConnectionRequestPassword and the allowed JIDs in"
                                + " its next session.");
            case "forbidden", "not-allowed" ->
                new Refused(
                        403,
                        "refused: our JID may not ask this device" + said(refusal)
                                + ". Put the connector's JID into ConnReqAllowedJabberIDs, or take the list away.");
            case "feature-not-implemented", "bad-request", "not-acceptable" ->
                new Refused(
                        501,
                        "refused: the device's XMPP client does not know connection requests (" + refusal.condition()
                                + said(refusal) + "). Wake it in another way.");
            case "resource-constraint", "policy-violation" ->
                new Refused(
                        503,
                        "refused: too many requests (" + refusal.condition() + said(refusal)
                                + "). Try again later; exempt the connector's account from the XMPP server's limits.");
            case "service-unavailable", "recipient-unavailable", "item-not-found", "gone" ->
                new Unreachable("the device is not signed in to the XMPP server, or is busy (" + refusal.condition()
                        + said(refusal) + "). If it is on, check XMPP.Connection (Enable, Status, Username, Password,"
                        + " Domain, Server) in its next session, and that it can reach the XMPP server.");
            case "remote-server-not-found", "remote-server-timeout" ->
                new Unreachable("the XMPP server of the device's domain cannot be reached from ours ("
                        + refusal.condition() + said(refusal) + "). Check DNS and the way between the servers.");
            default ->
                new Refused(
                        500, "refused: " + refusal.condition() + said(refusal) + ". The XMPP server's log tells more.");
        };
    }

    private static String said(Refusal refusal) {
        String text = refusal.text().strip();
        return text.isEmpty() ? "" : ": " + text.substring(0, Math.min(200, text.length()));
    }

    private static String inWords(Duration duration) {
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
