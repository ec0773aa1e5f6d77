package org.homeward.xmppconnector.delivery;

import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/** {@code <connectionRequest>} with user name and password (TR-069 K.2.3, cwmp-xmppConnReq-1-0.xsd). */
final class ConnectionRequestIq extends IQ {

    private final String username;
    private final String password;

    ConnectionRequestIq(Jid to, String username, String password) {
        super("connectionRequest", "urn:broadband-forum-org:cwmp:xmppConnReq-1-0");
        setType(Type.get);
        setTo(to);
        this.username = username;
        this.password = password;
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
        xml.rightAngleBracket();
        xml.element("username", username);
        xml.element("password", password);
        return xml;
    }
}
