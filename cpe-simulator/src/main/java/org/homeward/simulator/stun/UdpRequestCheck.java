package org.homeward.simulator.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which UDP connection requests a CPE takes (TR-069 Annex G): signed, newer than the last, and not the last again. */
public final class UdpRequestCheck {

    private static final Pattern SHAPE =
            Pattern.compile("GET https?://[^\\s?]*\\?(?<query>\\S*) HTTP/1\\.[01]\\r?\\n.*", Pattern.DOTALL);

    private long lastTs = Long.MIN_VALUE;
    private String lastId = "";

    /** Whether this one is to be followed; if so, it is the last one from now on. */
    public synchronized boolean accepts(byte[] datagram, String username, String password) {
        Matcher request = SHAPE.matcher(new String(datagram, UTF_8));
        if (!request.matches()) {
            return false;
        }
        Map<String, String> query = query(request.group("query"));
        String ts = query.getOrDefault("ts", "");
        String id = query.getOrDefault("id", "");
        String signed = ts + id + query.getOrDefault("un", "") + query.getOrDefault("cn", "");
        String signature = HexFormat.of().formatHex(StunMessages.hmac(password, signed.getBytes(UTF_8)));
        if (!ts.matches("\\d{1,18}")
                || !username.equals(query.get("un"))
                || !signature.equalsIgnoreCase(query.get("sig"))) {
            return false;
        }
        if (Long.parseLong(ts) < lastTs || id.equals(lastId)) {
            return false;
        }
        lastTs = Long.parseLong(ts);
        lastId = id;
        return true;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // no signature fits it then
        }
    }
}
