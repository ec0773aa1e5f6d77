package org.homeward.standalone.drill;

import java.util.List;
import java.util.Map;
import org.homeward.standalone.drill.account.Answer;
import org.homeward.standalone.drill.account.Finding;

/**
 * How a drill went.
 *
 * @param did what was done
 * @param sessions sessions that CPEs brought to their end
 * @param informs acknowledged Informs, each of which was looked for
 * @param orders orders by the state they ended in
 * @param answers POSTs of CPEs by how they were answered
 * @param skipped why it could not run; empty if it did
 */
record Outcome(
        String drill,
        String did,
        int sessions,
        int informs,
        Map<String, Integer> orders,
        Map<Answer, Integer> answers,
        List<Finding> findings,
        double seconds,
        String skipped) {

    static Outcome skipped(String drill, String why) {
        return new Outcome(drill, "", 0, 0, Map.of(), Map.of(), List.of(), 0, why);
    }

    boolean balances() {
        return findings.isEmpty();
    }

    long count(Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }
}
