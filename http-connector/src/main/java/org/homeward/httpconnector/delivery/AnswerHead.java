package org.homeward.httpconnector.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.httpconnector.digest.Challenge;

/**
 * What matters of the head of a CPE's HTTP answer, read leniently: bare line feeds, header names in any case, headers
 * folded over several lines even where the continuation is not indented.
 *
 * @param bodyLength bytes of body that follow; empty when only the end of the connection ends it
 * @param keepsConnection whether the CPE lets us ask again on the same connection
 */
record AnswerHead(int status, List<Challenge> challenges, OptionalInt bodyLength, boolean keepsConnection) {

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP(?<version>/\\d(\\.\\d)?)?\\s+(?<status>\\d{3})(\\s.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADER = Pattern.compile("(?<name>[A-Za-z0-9_.-]+)[ \\t]*:(?<value>.*)");

    /** Empty when what came is not HTTP. */
    static Optional<AnswerHead> parse(String text) {
        List<String> lines = text.lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").stripTrailing())
                .toList();
        Matcher status = STATUS_LINE.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!status.matches()) {
            return Optional.empty();
        }
        int code = Integer.parseInt(status.group("status"));
        List<String> challenges = new ArrayList<>();
        OptionalInt bodyLength = code == 204 ? OptionalInt.of(0) : OptionalInt.empty();
        boolean keeps = "/1.1".equals(status.group("version"));
        for (String line : unfold(lines.subList(1, lines.size()))) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                continue;
            }
            String name = header.group("name");
            String value = header.group("value").strip();
            if (name.equalsIgnoreCase("WWW-Authenticate")) {
                challenges.add(value);
            } else if (name.equalsIgnoreCase("Content-Length") && value.matches("\\d{1,9}")) {
                bodyLength = OptionalInt.of(Integer.parseInt(value));
            } else if (name.equalsIgnoreCase("Transfer-Encoding")
                    || name.equalsIgnoreCase("Connection") && value.equalsIgnoreCase("close")) {
                keeps = false;
            }
        }
        return Optional.of(new AnswerHead(code, Challenge.parse(challenges), bodyLength, keeps));
    }

    private static List<String> unfold(List<String> lines) {
        List<String> whole = new ArrayList<>();
        for (String line : lines) {
            boolean starts = HEADER.matcher(line).matches() && !Character.isWhitespace(line.charAt(0));
            if (starts || whole.isEmpty()) {
                whole.add(line);
            } else {
                whole.add(whole.removeLast() + ' ' + line.strip());
            }
        }
        return whole;
    }
}
