package org.homeward.provisioning.profile;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an expression refers to, found when it is compiled.
 *
 * @param attributes of subscriber and services, as lists of names: {@code services, internet, username}
 * @param reported paths of the device's parameters; what must be known of it before this can be evaluated
 * @param passing whether it asks for the session's events or the time, so that its result may change without any fact
 * @param objections why it can't be used
 */
record References(List<List<String>> attributes, Set<String> reported, boolean passing, List<Objection> objections) {

    record Objection(CelSourceLocation at, String message) {}

    static References of(CelAbstractSyntaxTree ast) {
        List<List<String>> attributes = new ArrayList<>();
        Set<String> reported = new LinkedHashSet<>();
        boolean[] passing = {false};
        List<Objection> objections = new ArrayList<>();
        CelNavigableAst.fromAst(ast).getRoot().allNodes().forEach(node -> {
            if (node.getKind() != ExprKind.Kind.IDENT) {
                return;
            }
            switch (node.expr().ident().name()) {
                case "events", "now" -> passing[0] = true;
                case "subscriber", "services" -> attributes.add(chain(node));
                case "reported" -> {
                    Optional<String> path = path(node);
                    path.ifPresent(reported::add);
                    if (path.isEmpty() || !Paths.isParameter(path.get())) {
                        objections.add(new Objection(
                                at(ast, node),
                                "reported takes the full path of a parameter in quotes, as in"
                                        + " reported[\"Device.DeviceInfo.ModelName\"]"));
                    }
                }
                default -> {
                    // a device's identity is always known, and variables of loops are nobody's business
                }
            }
        });
        return new References(List.copyOf(attributes), Set.copyOf(reported), passing[0], List.copyOf(objections));
    }

    private static CelSourceLocation at(CelAbstractSyntaxTree ast, CelNavigableExpr node) {
        Integer offset = ast.getSource().getPositionsMap().get(node.id());
        return Optional.ofNullable(offset)
                .flatMap(known -> ast.getSource().getOffsetLocation(known))
                .orElse(CelSourceLocation.of(1, 0));
    }

    /** {@code reported["path"]} or {@code "path" in reported}. */
    private static Optional<String> path(CelNavigableExpr node) {
        return node.parent()
                .filter(parent -> parent.getKind() == ExprKind.Kind.CALL)
                .map(parent -> parent.expr().call())
                .filter(call -> call.args().size() == 2)
                .flatMap(call -> switch (call.function()) {
                    case "_[_]" -> text(call.args().get(1));
                    case "@in" -> text(call.args().get(0));
                    default -> Optional.empty();
                });
    }

    /** The names selected from a map, as far as they are written out. */
    private static List<String> chain(CelNavigableExpr root) {
        List<String> names = new ArrayList<>();
        names.add(root.expr().ident().name());
        Optional<CelNavigableExpr> next = root.parent();
        while (next.isPresent()) {
            CelExpr expr = next.get().expr();
            Optional<String> name = Optional.empty();
            if (next.get().getKind() == ExprKind.Kind.SELECT && !expr.select().testOnly()) {
                name = Optional.of(expr.select().field());
            } else if (next.get().getKind() == ExprKind.Kind.CALL
                    && expr.call().function().equals("_[_]")) {
                name = text(expr.call().args().get(1));
            }
            if (name.isEmpty()) {
                break;
            }
            names.add(name.get());
            next = next.get().parent();
        }
        return List.copyOf(names);
    }

    private static Optional<String> text(CelExpr expr) {
        return expr.getKind() == ExprKind.Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expr.constant().stringValue())
                : Optional.empty();
    }
}
