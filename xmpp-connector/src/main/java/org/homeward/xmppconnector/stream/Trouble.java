package org.homeward.xmppconnector.stream;

import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jivesoftware.smack.SmackException.EndpointConnectionException;
import org.jivesoftware.smack.SmackException.NoResponseException;
import org.jivesoftware.smack.SmackException.SecurityRequiredByClientException;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.packet.StreamError;
import org.jivesoftware.smack.sasl.SASLErrorException;

/** Why there is no stream, for people, with what to do next. */
final class Trouble {

    private Trouble() {}

    static String of(Throwable failure, ServerPlace place) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SASLErrorException refused -> {
                    return "the server refuses the account " + place.username() + '@' + place.domain() + " ("
                            + refused.getSASLFailure().getSASLErrorString()
                            + "). Make it there, and set homeward.xmpp-connector.username and .password to it.";
                }
                case SecurityRequiredByClientException plain -> {
                    return "the server offers no TLS, and without it passwords would travel in the clear. Give it a"
                            + " certificate for " + place.domain() + '.';
                }
                case CertificateException untrusted -> {
                    return certificate(place, untrusted);
                }
                case SSLException untrusted -> {
                    return certificate(place, untrusted);
                }
                case StreamErrorException error -> {
                    return streamError(error.getStreamError(), place);
                }
                case EndpointConnectionException away -> {
                    return "nobody answers at " + place.address() + " ("
                            + String.valueOf(away.getMessage()).replace('\n', ' ')
                            + "). Check that the server runs, homeward.xmpp-connector.host and .port, and the"
                            + " firewall in between.";
                }
                case UnknownHostException unknown -> {
                    return "the name " + place.address() + " leads nowhere. Check homeward.xmpp-connector.host.";
                }
                case NoResponseException silent -> {
                    return "the server at " + place.address() + " took the connection and says nothing. Look at its"
                            + " load and its log.";
                }
                default -> {
                    // the reason may lie deeper
                }
            }
        }
        return failure instanceof IOException ? "the connection broke (" + failure + ")." : failure + ".";
    }

    private static String certificate(ServerPlace place, Exception why) {
        return "the server's certificate is not believed (" + why.getMessage() + "). It has to name " + place.domain()
                + " and be signed by an authority that homeward.xmpp-connector.ca-file holds, or the JVM where that is"
                + " not set.";
    }

    private static String streamError(StreamError error, ServerPlace place) {
        return error.getCondition() == StreamError.Condition.conflict
                ? "somebody else signed in as " + place.username() + '@' + place.domain() + '/' + place.resource()
                        + ". Give each connector a homeward.xmpp-connector.connector-id of its own."
                : "the server ended it (" + error.getCondition() + ' ' + error.getDescriptiveText() + ").";
    }
}
