package org.homeward.provisioning.profile;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** A CEL expression, compiled and type-checked. What goes wrong when it is evaluated is a value. Thread-safe. */
final class Expression {

    /** What came of an evaluation. */
    sealed interface Outcome {

        record Gave(Object value) implements Outcome {}

        /** @param attribute what the facts have no value of, such as {@code services.internet.username} */
        record Lacks(String attribute) implements Outcome {}

        record Failed(String why) implements Outcome {}
    }

    private static final int LONGEST_TEXT = 32 * 1024;

    private final String source;
    private final CelRuntime.Program program;
    private final References references;

    Expression(String source, CelRuntime.Program program, References references) {
        this.source = source;
        this.program = program;
        this.references = references;
    }

    String source() {
        return source;
    }

    /** Paths of the device's parameters that it asks for. */
    Set<String> reported() {
        return references.reported();
    }

    /** Whether its result may change though no fact does. */
    boolean passing() {
        return references.passing();
    }

    /** Whether it is the same for every device and at all times. */
    boolean alwaysTrue() {
        return source.strip().equals("true");
    }

    /** @param facts by name, as {@link Facts#byName} gives them */
    Outcome evaluate(Map<String, Object> facts) {
        try {
            return new Outcome.Gave(program.eval(facts));
        } catch (CelEvaluationException e) {
            return e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND
                    ? new Outcome.Lacks(missing(facts, e))
                    : new Outcome.Failed(reason(e));
        }
    }

    /** As the text that a parameter would be given. */
    Outcome text(Map<String, Object> facts) {
        Outcome outcome = evaluate(facts);
        if (!(outcome instanceof Outcome.Gave gave)) {
            return outcome;
        }
        String text = switch (gave.value()) {
            case String string -> string;
            case Boolean truth -> truth.toString();
            case Double number ->
                number == Math.rint(number) && Math.abs(number) < 1e15
                        ? Long.toString(number.longValue())
                        : number.toString();
            case Number number -> number.toString();
            case Instant moment -> moment.toString();
            default -> null;
        };
        if (text == null) {
            return new Outcome.Failed("gives neither text nor number nor boolean nor moment");
        }
        return text.length() > LONGEST_TEXT
                ? new Outcome.Failed("gives more than " + LONGEST_TEXT + " characters")
                : new Outcome.Gave(text);
    }

    private String missing(Map<String, Object> facts, CelEvaluationException e) {
        for (var names : references.attributes()) {
            Object found = facts;
            for (String name : names) {
                found = found instanceof Map<?, ?> map ? map.get(name) : null;
            }
            if (found == null) {
                return String.join(".", names);
            }
        }
        return references.reported().stream()
                .filter(path -> !(facts.get("reported") instanceof Map<?, ?> reported && reported.containsKey(path)))
                .findFirst()
                .map(path -> "reported[\"" + path + "\"]")
                .orElse(reason(e));
    }

    /** Without the place within the library's own text, which is not the author's. */
    private static String reason(CelEvaluationException e) {
        String message = String.valueOf(e.getMessage());
        return message.replaceFirst("^evaluation error( at [^:]*:\\d+)?: ", "");
    }
}
