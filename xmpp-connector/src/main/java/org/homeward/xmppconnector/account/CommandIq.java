package org.homeward.xmppconnector.account;

import java.util.Map;
import org.jivesoftware.smack.packet.IQ;
import org.jxmpp.jid.Jid;

/** A step of an ad-hoc command (XEP-0050): its beginning, or its filled-in form (XEP-0004). */
final class CommandIq extends IQ {

    private final String node;
    private final String session;
    private final Map<String, String> fields;

    private CommandIq(Jid to, String node, String session, Map<String, String> fields) {
        super("command", "http://jabber.org/protocol/commands");
        setType(Type.set);
        setTo(to);
        this.node = node;
        this.session = session;
        this.fields = fields;
    }

    static CommandIq begin(Jid to, String node) {
        return new CommandIq(to, node, "", Map.of());
    }

    static CommandIq submit(Jid to, String node, String session, Map<String, String> fields) {
        return new CommandIq(to, node, session, fields);
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
        xml.attribute("node", node);
        if (session.isEmpty()) {
            xml.attribute("action", "execute");
            xml.setEmptyElement();
            return xml;
        }
        xml.attribute("sessionid", session);
        xml.rightAngleBracket();
        xml.halfOpenElement("x")
                .xmlnsAttribute("jabber:x:data")
                .attribute("type", "submit")
                .rightAngleBracket();
        fields.forEach((name, value) -> {
            xml.halfOpenElement("field").attribute("var", name).rightAngleBracket();
            xml.element("value", value);
            xml.closeElement("field");
        });
        xml.closeElement("x");
        return xml;
    }
}
