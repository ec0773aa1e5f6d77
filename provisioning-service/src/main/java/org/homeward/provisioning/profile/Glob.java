package org.homeward.provisioning.profile;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pattern in which an asterisk stands for any text. */
public final class Glob {

    private final String text;
    private final Pattern pattern;

    public Glob(String text) {
        this.text = text;
        this.pattern = Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    public boolean matches(String candidate) {
        return pattern.matcher(candidate).matches();
    }

    /** How much of a match is certain: the characters that are no asterisks, and one more where there are none. */
    public int weight() {
        int characters = (int) text.chars().filter(each -> each != '*').count();
        return text.indexOf('*') < 0 ? characters + 1 : characters;
    }

    /** Whether some text may match both; certain unless both have asterisks. */
    public boolean mayMeet(Glob other) {
        return text.indexOf('*') >= 0 && other.text.indexOf('*') >= 0 || matches(other.text) || other.matches(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && glob.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
