package org.homeward.standalone.migration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.standalone.migration.Condition.Always;
import org.homeward.standalone.migration.Condition.Comparison;
import org.homeward.standalone.migration.Condition.Exists;
import org.homeward.standalone.migration.Condition.Operator;
import org.homeward.standalone.migration.Condition.Several;
import org.homeward.standalone.migration.Condition.Untranslatable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the expression language of GenieACS 1.2 as far as conditions go: comparisons of a parameter with a literal,
 * {@code LIKE}, {@code IS NULL}, {@code AND}, {@code OR}, {@code NOT} and parentheses. Arithmetic, functions, {@code CASE}
 * and comparisons of parameters with each other are left to a person.
 */
final class ConditionParser {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<text>\"(?:\\\\.|[^\"\\\\])*\"|'(?:''|[^'])*')"
            + "|(?<number>-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"
            + "|(?<word>[A-Za-z0-9_.*-]+)"
            + "|(?<sign>>=|<>|<=|=|>|<|\\(|\\)))");

    private sealed interface Token {
        record Text(String text) implements Token {}

        record Number(BigDecimal number) implements Token {}

        record Word(String word) implements Token {}

        record Sign(String sign) implements Token {}
    }

    private final String source;
    private final List<Token> tokens;
    private int at;

    private ConditionParser(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /** @throws Untranslatable also where it is no expression at all */
    static Condition parse(String source) throws Untranslatable {
        if (source.isBlank()) {
            return new Always(true);
        }
        ConditionParser parser = new ConditionParser(source, tokens(source));
        Condition condition = parser.or();
        if (parser.at < parser.tokens.size()) {
            throw parser.strange();
        }
        return condition;
    }

    private static List<Token> tokens(String source) throws Untranslatable {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(source.strip());
        int end = 0;
        while (end < source.strip().length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new Untranslatable("has something at character " + (end + 1) + " that is not understood");
            }
            end = matcher.end();
            tokens.add(token(matcher));
        }
        return tokens;
    }

    private static Token token(Matcher matcher) {
        String text = matcher.group("text");
        if (text != null) {
            String inner = text.substring(1, text.length() - 1);
            return new Token.Text(text.startsWith("'") ? inner.replace("''", "'") : inner.replaceAll("\\\\(.)", "$1"));
        }
        String number = matcher.group("number");
        if (number != null) {
            return new Token.Number(new BigDecimal(number));
        }
        String word = matcher.group("word");
        return word != null ? new Token.Word(word) : new Token.Sign(matcher.group("sign"));
    }

    private Condition or() throws Untranslatable {
        List<Condition> parts = new ArrayList<>(List.of(and()));
        while (takes("OR")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.getFirst() : new Several(false, parts);
    }

    private Condition and() throws Untranslatable {
        List<Condition> parts = new ArrayList<>(List.of(not()));
        while (takes("AND")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.getFirst() : new Several(true, parts);
    }

    private Condition not() throws Untranslatable {
        return takes("NOT") ? not().negated() : term();
    }

    private Condition term() throws Untranslatable {
        if (takesSign("(")) {
            Condition inner = or();
            if (!takesSign(")")) {
                throw strange();
            }
            return inner;
        }
        Token first = next();
        if (first instanceof Token.Word(String word) && literal(first) == null) {
            return about(word);
        }
        Object value = literal(first);
        if (value instanceof Boolean truth && peekOperator() == null) {
            return new Always(truth);
        }
        Operator operator = operator();
        if (next() instanceof Token.Word(String parameter) && value != null) {
            return new Comparison(parameter, mirrored(operator), value);
        }
        throw strange();
    }

    private Condition about(String parameter) throws Untranslatable {
        if (takes("IS")) {
            boolean not = takes("NOT");
            if (!takes("NULL")) {
                throw strange();
            }
            return new Exists(parameter, not);
        }
        if (peekOperator() == null) {
            if (peek() instanceof Token.Sign(String sign) && sign.equals("(")) {
                throw new Untranslatable("calls the function " + parameter);
            }
            return new Comparison(parameter, Operator.EQUAL, true);
        }
        Operator operator = operator();
        Object value = literal(next());
        if (value == null) {
            throw new Untranslatable("compares " + parameter + " with something that is not written down");
        }
        return new Comparison(parameter, operator, value);
    }

    private static @Nullable Object literal(@Nullable Token token) {
        return switch (token) {
            case Token.Text(String text) -> text;
            case Token.Number(BigDecimal number) -> number;
            case Token.Word(String word) when word.equalsIgnoreCase("true") -> true;
            case Token.Word(String word) when word.equalsIgnoreCase("false") -> false;
            case Token.Word name -> null;
            case Token.Sign sign -> null;
            case null -> null;
        };
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.MORE;
            case MORE -> Operator.LESS;
            case AT_MOST -> Operator.AT_LEAST;
            case AT_LEAST -> Operator.AT_MOST;
            case EQUAL, DIFFERENT, LIKE, UNLIKE -> operator;
        };
    }

    private Operator operator() throws Untranslatable {
        Operator operator = peekOperator();
        if (operator == null) {
            throw strange();
        }
        at += operator == Operator.UNLIKE ? 2 : 1;
        return operator;
    }

    private @Nullable Operator peekOperator() {
        return switch (peek()) {
            case Token.Sign(String sign) -> {
                for (Operator operator : Operator.values()) {
                    if (operator.text().equals(sign)) {
                        yield operator;
                    }
                }
                yield null;
            }
            case Token.Word(String word) when word.equalsIgnoreCase("LIKE") -> Operator.LIKE;
            case Token.Word(String word)
            when word.equalsIgnoreCase("NOT")
                    && at + 1 < tokens.size()
                    && tokens.get(at + 1) instanceof Token.Word(String like)
                    && like.equalsIgnoreCase("LIKE") -> Operator.UNLIKE;
            case Token.Word rest -> null;
            case Token.Text rest -> null;
            case Token.Number rest -> null;
            case null -> null;
        };
    }

    private @Nullable Token peek() {
        return at < tokens.size() ? tokens.get(at) : null;
    }

    private Token next() throws Untranslatable {
        Token token = peek();
        if (token == null) {
            throw new Untranslatable("ends too early: " + source);
        }
        at++;
        return token;
    }

    private boolean takes(String keyword) {
        boolean is = peek() instanceof Token.Word(String word)
                && word.toUpperCase(Locale.ROOT).equals(keyword);
        at += is ? 1 : 0;
        return is;
    }

    private boolean takesSign(String wanted) {
        boolean is = peek() instanceof Token.Sign(String sign) && sign.equals(wanted);
        at += is ? 1 : 0;
        return is;
    }

    private Untranslatable strange() {
        return new Untranslatable("says more than comparisons of a parameter with a value: " + source);
    }
}
