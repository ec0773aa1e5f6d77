package org.homeward.stunconnector.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A UDP connection request (TR-069 Annex G): the query that proves it is ours. The same for all copies, so that the CPE
 * takes one and drops the others.
 *
 * @param ts seconds since 1970; a CPE drops what is older than the last it accepted
 * @param id another than the last one's
 * @param un ConnectionRequestUsername
 * @param cn a nonce
 */
public record SignedRequest(long ts, long id, String un, String cn, String sig) {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Signs with the ConnectionRequestPassword: HMAC-SHA1 over the four values, one after the other. */
    public static SignedRequest sign(long ts, long id, String username, String cnonce, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(UTF_8), "HmacSHA1"));
            byte[] signature = mac.doFinal((ts + Long.toUnsignedString(id) + username + cnonce).getBytes(UTF_8));
            return new SignedRequest(ts, id, username, cnonce, HEX.formatHex(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't do HmacSHA1", e);
        }
    }

    /** The datagram. @param authority host and port that it goes to */
    public byte[] to(String authority) {
        return ("GET http://" + authority + "?ts=" + ts + "&id=" + Long.toUnsignedString(id) + "&un="
                        + URLEncoder.encode(un, UTF_8) + "&cn=" + cn + "&sig=" + sig + " HTTP/1.1\r\nHost: " + authority
                        + "\r\n\r\n")
                .getBytes(US_ASCII);
    }
}
