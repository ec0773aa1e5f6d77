package org.homeward.standalone.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.homeward.standalone.drill.account.Answer;
import org.homeward.standalone.drill.account.Finding;

/** What is left of the drills: a table for people, JSON for programs. */
record Report(List<Outcome> outcomes) {

    private static final int SHOWN_FINDINGS = 20;
    private static final int UNBALANCED = 1;
    private static final int SKIPPED = 3;

    boolean balances() {
        return outcomes.stream().allMatch(Outcome::balances);
    }

    /** @param allowSkips whether drills that could not run are no failure */
    int exitCode(boolean allowSkips) {
        if (!balances()) {
            return UNBALANCED;
        }
        return skipped().isEmpty() || allowSkips ? 0 : SKIPPED;
    }

    private List<String> skipped() {
        return outcomes.stream()
                .filter(outcome -> !outcome.skipped().isEmpty())
                .map(Outcome::drill)
                .toList();
    }

    void print(PrintStream out, boolean allowSkips) {
        out.printf(
                "%n%-9s %8s %8s %-34s %-26s %5s %7s %6s %6s%n",
                "drill", "sessions", "informs", "orders", "CPEs were answered", "lost", "doubled", "other", "time");
        for (Outcome outcome : outcomes) {
            if (outcome.skipped().isEmpty()) {
                long lost = outcome.count(Finding.Kind.LOST);
                long doubled = outcome.count(Finding.Kind.DOUBLED);
                out.printf(
                        Locale.ROOT,
                        "%-9s %8d %8d %-34s %-26s %5d %7d %6d %5.0fs  %s%n",
                        outcome.drill(),
                        outcome.sessions(),
                        outcome.informs(),
                        counts(outcome.orders()),
                        answers(outcome.answers()),
                        lost,
                        doubled,
                        outcome.findings().size() - lost - doubled,
                        outcome.seconds(),
                        outcome.did());
            } else {
                out.printf("%-9s DID NOT RUN: %s%n", outcome.drill(), outcome.skipped());
            }
        }
        for (Outcome outcome : outcomes) {
            outcome.findings().stream()
                    .limit(SHOWN_FINDINGS)
                    .forEach(finding -> out.println(outcome.drill() + ": " + finding));
            if (outcome.findings().size() > SHOWN_FINDINGS) {
                out.println(outcome.drill() + ": and " + (outcome.findings().size() - SHOWN_FINDINGS)
                        + " more, see the JSON report");
            }
        }
        out.println(summary(allowSkips));
    }

    private String summary(boolean allowSkips) {
        if (!balances()) {
            return "The accounts do NOT balance.";
        }
        if (skipped().isEmpty()) {
            return "All accounts balance.";
        }
        return "NOT ALL DRILLS RAN: " + skipped() + " could not. The accounts of the others balance."
                + (allowSkips ? "" : " This is no success (--allow-skips makes it one).");
    }

    private static String counts(Map<String, Integer> orders) {
        return orders.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String answers(Map<Answer, Integer> answers) {
        int served = answers.getOrDefault(Answer.SERVED, 0) + answers.getOrDefault(Answer.FAULT, 0);
        int busy = answers.getOrDefault(Answer.BUSY, 0);
        int others = answers.values().stream().mapToInt(Integer::intValue).sum() - served - busy;
        return served + ", 503: " + busy + (others == 0 ? "" : ", broken: " + others);
    }

    void write(Path file, Map<String, Object> settings) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(
                file,
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Map.of(
                                "settings",
                                settings,
                                "balances",
                                balances(),
                                "skipped",
                                skipped(),
                                "drills",
                                outcomes.stream().map(Report::json).toList())));
    }

    private static Map<String, Object> json(Outcome outcome) {
        return Map.of(
                "drill", outcome.drill(),
                "did", outcome.did(),
                "skipped", outcome.skipped(),
                "sessions", outcome.sessions(),
                "acknowledgedInforms", outcome.informs(),
                "orders", outcome.orders(),
                "answers", outcome.answers(),
                "seconds", outcome.seconds(),
                "findings",
                        outcome.findings().stream()
                                .map(finding -> Map.of("kind", finding.kind(), "what", finding.what()))
                                .toList());
    }
}
