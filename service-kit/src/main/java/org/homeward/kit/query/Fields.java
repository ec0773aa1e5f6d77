package org.homeward.kit.query;

import cz.jirutka.rsql.parser.ParseException;
import cz.jirutka.rsql.parser.RSQLParser;
import cz.jirutka.rsql.parser.RSQLParserException;
import cz.jirutka.rsql.parser.UnknownOperatorException;
import cz.jirutka.rsql.parser.ast.AndNode;
import cz.jirutka.rsql.parser.ast.Arity;
import cz.jirutka.rsql.parser.ast.ComparisonNode;
import cz.jirutka.rsql.parser.ast.ComparisonOperator;
import cz.jirutka.rsql.parser.ast.LogicalNode;
import cz.jirutka.rsql.parser.ast.Node;
import cz.jirutka.rsql.parser.ast.RSQLOperators;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.jspecify.annotations.Nullable;

/** The fields of a list that callers may search and sort by. Declared once; thread-safe. */
public final class Fields {

    private static final int LONGEST = 4_000;
    private static final int DEEPEST = 20;
    private static final int MOST_COMPARISONS = 100;

    private static final Arity SOME = Arity.of(1, 500);
    private static final Set<ComparisonOperator> OPERATORS = Set.of(
            RSQLOperators.EQUAL,
            RSQLOperators.NOT_EQUAL,
            RSQLOperators.LESS_THAN,
            RSQLOperators.LESS_THAN_OR_EQUAL,
            RSQLOperators.GREATER_THAN,
            RSQLOperators.GREATER_THAN_OR_EQUAL,
            new ComparisonOperator("=in=", SOME),
            new ComparisonOperator("=out=", SOME),
            new ComparisonOperator("=isnull=", Arity.nary(1)));
    private static final Pattern PLACE = Pattern.compile("column (\\d+)");

    private final Map<String, Field> byName = new LinkedHashMap<>();

    private Fields(Field... fields) {
        for (Field field : fields) {
            byName.put(field.name(), field);
        }
    }

    public static Fields of(Field... fields) {
        return new Fields(fields);
    }

    /**
     * The where clause of an RSQL query; {@link Condition#ALWAYS} for none.
     *
     * @throws ProblemException HTTP 400 that names {@code q} and the field, for what can't be read, a field that is not
     *     declared, or a value that does not fit
     */
    public Condition where(@Nullable String q) {
        if (q == null || q.isBlank()) {
            return Condition.ALWAYS;
        }
        if (q.length() > LONGEST) {
            throw refused("is longer than " + LONGEST + " characters");
        }
        if (q.chars().filter(c -> c == '(').count() > MOST_COMPARISONS) {
            // the parser goes one call deeper with each
            throw refused("has more than " + MOST_COMPARISONS + " parentheses");
        }
        try {
            Translation translation = new Translation();
            return translation.condition(new RSQLParser(OPERATORS).parse(q), 0);
        } catch (RSQLParserException e) {
            throw refused(reasonOf(e));
        }
    }

    /**
     * The order that {@code sort=} asks for, such as {@code -lastInform}; rows that are equal in it are ordered by id.
     *
     * @param standard the order when nobody asks, in the same form
     * @param id SQL expression of a unique text column
     * @throws ProblemException HTTP 400 that names {@code sort}
     */
    public Sort sort(@Nullable String text, String standard, String id) {
        String order = text == null || text.isBlank() ? standard : text.strip();
        boolean descending = order.startsWith("-");
        String name = descending || order.startsWith("+") ? order.substring(1) : order;
        Field field = byName.get(name);
        if (field == null || !field.isSortable()) {
            throw Problem.invalid("sort", "can't sort by \"" + name + "\"; known are " + sortable())
                    .exception();
        }
        return new Sort((descending ? "-" : "") + name, field, descending, id);
    }

    private List<String> sortable() {
        return byName.values().stream()
                .filter(Field::isSortable)
                .map(Field::name)
                .toList();
    }

    private static String reasonOf(RSQLParserException e) {
        Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
        return switch (cause) {
            case UnknownOperatorException operator -> "has an unknown operator " + operator.getOperator();
            case ParseException parse -> "can't be read" + placeOf(parse);
            default -> "is not RSQL, such as productClass==HG8245H;tags=in=(beta,lab)";
        };
    }

    /** The parser keeps its tokens to itself; its message begins with where it stumbled. */
    private static String placeOf(ParseException e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        return place.find() ? " at column " + place.group(1) : "";
    }

    static ProblemException refused(String why) {
        return Problem.invalid("q", why).exception();
    }

    /** One query on its way to SQL. */
    private final class Translation {

        private int comparisons;

        Condition condition(Node node, int depth) {
            if (depth > DEEPEST) {
                throw refused("is nested deeper than " + DEEPEST);
            }
            return switch (node) {
                case LogicalNode logical ->
                    Condition.joined(
                            logical instanceof AndNode ? " and " : " or ",
                            logical.getChildren().stream()
                                    .map(child -> condition(child, depth + 1))
                                    .toList());
                case ComparisonNode comparison -> comparison(comparison);
                default -> throw new IllegalStateException("RSQL has no node " + node.getClass());
            };
        }

        private Condition comparison(ComparisonNode comparison) {
            if (++comparisons > MOST_COMPARISONS) {
                throw refused("has more than " + MOST_COMPARISONS + " comparisons");
            }
            Field field = byName.get(comparison.getSelector());
            if (field == null) {
                throw refused("has an unknown field \"" + comparison.getSelector() + "\"; known are "
                        + String.join(", ", byName.keySet()));
            }
            return Comparison.of(field, comparison.getOperator().getSymbol(), comparison.getArguments());
        }
    }
}
