package org.homeward.provisioning.profile;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The language of conditions and expressions: CEL with its string functions, over the facts of a device. An expression
 * costs at most {@value #MOST_ITERATIONS} steps of its loops; patterns are RE2, linear in the text. Thread-safe.
 */
final class Expressions {

    private static final int MOST_ITERATIONS = 1_000;
    private static final int LONGEST = 4_096;
    private static final Set<CelKind> VALUES = Set.of(
            CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.BOOL, CelKind.TIMESTAMP, CelKind.DYN);
    private static final List<String> DEVICE = List.of(
            "id", "oui", "productClass", "serialNumber", "manufacturer", "root", "softwareVersion", "hardwareVersion");

    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(100)
            .build();
    private static final CelCompiler COMPILER = compiler();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.strings())
            .build();

    /** Holds for every device. */
    static final Expression ALWAYS =
            condition("true", "condition", new ArrayList<>()).orElseThrow();

    private Expressions() {}

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.strings());
        DEVICE.forEach(name -> builder.addVar("device." + name, SimpleType.STRING));
        return builder.addVar("device.tags", ListType.create(SimpleType.STRING))
                .addVar("tenant", SimpleType.STRING)
                .addVar("subscriber", MapType.create(SimpleType.STRING, SimpleType.DYN))
                .addVar(
                        "services",
                        MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, SimpleType.DYN)))
                .addVar("reported", MapType.create(SimpleType.STRING, SimpleType.STRING))
                .addVar("events", ListType.create(SimpleType.STRING))
                .addVar("now", SimpleType.TIMESTAMP)
                .build();
    }

    /** A condition; empty, and errors told, unless it gives a boolean. */
    static Optional<Expression> condition(String source, String field, List<DocumentError> errors) {
        return compile(source, field, errors, Set.of(CelKind.BOOL, CelKind.DYN), "a condition gives true or false");
    }

    /** What a parameter should be; empty, and errors told, unless it gives what a parameter can hold. */
    static Optional<Expression> value(String source, String field, List<DocumentError> errors) {
        return compile(source, field, errors, VALUES, "a parameter holds a text, a number, a boolean or a moment");
    }

    private static Optional<Expression> compile(
            String source, String field, List<DocumentError> errors, Set<CelKind> kinds, String rule) {
        try {
            CelAbstractSyntaxTree ast = COMPILER.compile(source).getAst();
            if (!kinds.contains(ast.getResultType().kind())) {
                errors.add(new DocumentError(
                        field, "gives a " + ast.getResultType().name() + ", but " + rule));
                return Optional.empty();
            }
            References references = References.of(ast);
            if (!references.objections().isEmpty()) {
                references.objections().forEach(each -> errors.add(error(field, each.at(), each.message())));
                return Optional.empty();
            }
            return Optional.of(new Expression(source, RUNTIME.createProgram(ast), references));
        } catch (CelValidationException e) {
            for (CelIssue issue : e.getErrors()) {
                errors.add(error(field, issue.getSourceLocation(), helpful(issue.getMessage())));
            }
        } catch (CelEvaluationException e) {
            errors.add(new DocumentError(field, String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static DocumentError error(String field, CelSourceLocation at, String message) {
        return new DocumentError(field, "line " + at.getLine() + ", column " + (at.getColumn() + 1), message);
    }

    private static String helpful(String message) {
        return message.startsWith("undeclared reference to 'device'")
                ? "there is no such thing of a device; there are " + String.join(", ", DEVICE) + ", tags"
                : message;
    }
}
