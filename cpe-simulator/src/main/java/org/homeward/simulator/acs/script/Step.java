package org.homeward.simulator.acs.script;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a script. Texts may hold {@code {root}} and {@code {acs}}, see {@link AcsScript}. */
sealed interface Step {

    /** What it is, for people. */
    String title();

    /**
     * Waits for a session whose Inform carries these events, and looks at its parameters.
     *
     * @param values patterns by path, all of which have to be there and to match
     */
    record AwaitInform(List<String> events, Map<String, String> values) implements Step {
        @Override
        public String title() {
            return events.isEmpty() ? "Inform" : "Inform with " + String.join(" and ", events);
        }
    }

    /** Waits for a TransferComplete that tells this fault, 0 for success. */
    record AwaitTransfer(int fault) implements Step {
        @Override
        public String title() {
            return "TransferComplete with " + (fault == 0 ? "no fault" : "fault " + fault);
        }
    }

    /**
     * Calls a method.
     *
     * @param method such as {@code GetParameterValues}
     * @param body its XML
     */
    record Ask(String method, String body, Expected expected) implements Step {
        @Override
        public String title() {
            return method;
        }
    }

    /**
     * What a CPE should answer.
     *
     * @param fault the fault code it should answer with, 0 for a response
     * @param values patterns by path that a GetParameterValuesResponse should hold
     * @param names that a GetParameterNamesResponse should hold
     * @param status that a response should carry, null for any
     */
    record Expected(
            int fault,
            Map<String, String> values,
            List<String> names,
            @Nullable String status) {
        static Expected response() {
            return new Expected(0, Map.of(), List.of(), null);
        }
    }
}
