package org.homeward.simulator.acs.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.homeward.simulator.acs.ScriptedAcs.Heard;
import org.homeward.simulator.soap.CwmpFault;

/** Holds what a CPE said against what it should say; an empty list means that it is right. */
final class Check {
    /** Puts the device's own in place of {@code {root}} and {@code {acs}}. */
    private final UnaryOperator<String> fill;

    Check(UnaryOperator<String> fill) {
        this.fill = fill;
    }

    boolean carries(Step.AwaitInform step, Heard inform) {
        return inform.events().containsAll(step.events());
    }

    List<String> inform(Step.AwaitInform step, Heard inform) {
        return values(step.values(), inform);
    }

    List<String> transfer(Step.AwaitTransfer step, Heard complete) {
        String code = complete.payload()
                .child("FaultStruct")
                .map(f -> f.childText("FaultCode"))
                .orElse("0");
        return code.equals(Integer.toString(step.fault()))
                ? List.of()
                : List.of("tells fault " + code + ", not " + step.fault());
    }

    List<String> answer(Step.Ask step, Heard answer) {
        Optional<CwmpFault> fault = answer.fault();
        int wanted = step.expected().fault();
        if (fault.isPresent()) {
            int code = fault.get().code();
            return code == wanted && wanted != 0
                    ? List.of()
                    : List.of("fault " + code + " " + fault.get().text() + faultyParameters(fault.get())
                            + (wanted == 0 ? "" : ", not fault " + wanted));
        }
        if (wanted != 0) {
            return List.of(answer.name() + ", not fault " + wanted);
        }
        if (!answer.name().equals(step.method() + "Response")) {
            return List.of(answer.name() + ", not " + step.method() + "Response");
        }
        List<String> wrong = new ArrayList<>(values(step.expected().values(), answer));
        List<String> names = step.expected().names().isEmpty() ? List.of() : answer.names();
        step.expected().names().stream()
                .map(fill)
                .filter(name -> !names.contains(name))
                .forEach(name -> wrong.add(name + " is not among the " + names.size() + " names"));
        String status = answer.payload().childText("Status");
        if (step.expected().status() != null && !status.equals(step.expected().status())) {
            wrong.add("status " + status + ", not " + step.expected().status());
        }
        return wrong;
    }

    private static String faultyParameters(CwmpFault fault) {
        return fault.parameters().isEmpty()
                ? ""
                : fault.parameters().stream()
                        .map(p -> p.name() + " " + p.code())
                        .toList()
                        .toString();
    }

    private List<String> values(Map<String, String> patterns, Heard said) {
        if (patterns.isEmpty()) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>();
        Map<String, String> values = said.values();
        patterns.forEach((path, pattern) -> {
            String name = fill.apply(path);
            String value = values.get(name);
            if (value == null) {
                wrong.add(name + " is missing");
            } else if (!Pattern.matches(fill.apply(pattern), value)) {
                wrong.add(name + " is '" + value + "', not " + fill.apply(pattern));
            }
        });
        return wrong;
    }
}
