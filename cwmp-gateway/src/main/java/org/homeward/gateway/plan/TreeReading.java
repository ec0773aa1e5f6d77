package org.homeward.gateway.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which parameters there are below some paths, then has {@link ValueReading} read them.
 *
 * <p>One GetParameterNames for each partial path, over the whole of it. A CPE that faults on that is asked level by
 * level: the names next below, then each branch as a whole again. The root is written as the empty path; CPEs that
 * fault on it are asked for {@code Device.} and {@code InternetGatewayDevice.}. Used by one session at a time.
 */
final class TreeReading implements ActionPlay {

    private static final int MOST_QUESTIONS = 500;
    private static final List<String> ROOTS = List.of("Device.", "InternetGatewayDevice.");

    /** @param asked whether the plan named this path, rather than the CPE */
    private record Branch(String path, boolean nextLevel, boolean asked) {
        Branch byLevel() {
            return new Branch(path, true, asked);
        }
    }

    private final Deque<Branch> branches = new ArrayDeque<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final List<String> missing = new ArrayList<>();
    private RpcResult.@Nullable Fault fault;
    private int questions;

    private TreeReading() {}

    static Turn begin(List<String> paths) {
        TreeReading reading = new TreeReading();
        for (String path : paths) {
            if (isPartial(path)) {
                reading.branches.add(new Branch(path, false, true));
            } else {
                reading.names.add(path);
            }
        }
        return reading.next();
    }

    private static boolean isPartial(String path) {
        return path.isEmpty() || path.endsWith(".");
    }

    private Turn next() {
        if (questions < MOST_QUESTIONS && !branches.isEmpty()) {
            questions++;
            Branch branch = branches.element();
            return new Turn.Ask(new Rpc.GetParameterNames(branch.path(), branch.nextLevel()), this);
        }
        branches.forEach(unread -> missing.add(unread.path()));
        if (names.isEmpty() && fault != null) {
            return Turn.endWithAnswer(fault);
        }
        return new ValueReading(List.copyOf(names), missing).next();
    }

    @Override
    public Turn answered(RpcResult answer) {
        Branch branch = branches.remove();
        switch (answer) {
            case RpcResult.Names found -> take(branch, found.parameters());
            case RpcResult.Fault refused -> {
                if (refused.code() != CpeFault.INVALID_PARAMETER_NAME
                        || branch.path().isEmpty()) {
                    fault = refused;
                }
                if (refused.code() == CpeFault.METHOD_NOT_SUPPORTED && names.isEmpty()) {
                    return Turn.endWithAnswer(refused);
                }
                refused(branch, refused.code());
            }
            default -> missing.add(branch.path());
        }
        return next();
    }

    private void take(Branch branch, List<ParameterInfo> found) {
        if (found.isEmpty() && branch.asked()) {
            missing.add(branch.path());
        }
        for (ParameterInfo parameter : found) {
            String path = parameter.path();
            if (!isPartial(path)) {
                names.add(path);
            } else if (branch.nextLevel() && isBelow(branch.path(), path)) {
                branches.add(new Branch(path, false, false));
            }
        }
    }

    /** A CPE that lists the object itself, or one above it, must not send us round in circles. */
    private static boolean isBelow(String object, String path) {
        return path.length() > object.length() && path.startsWith(object);
    }

    private void refused(Branch branch, int code) {
        if (branch.path().isEmpty()) {
            ROOTS.forEach(root -> branches.add(new Branch(root, false, false)));
        } else if (code != CpeFault.INVALID_PARAMETER_NAME && !branch.nextLevel()) {
            branches.addFirst(branch.byLevel());
        } else if (code != CpeFault.INVALID_PARAMETER_NAME || branch.asked()) {
            missing.add(branch.path());
        }
    }
}
