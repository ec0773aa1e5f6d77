package org.homeward.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.homeward.backends.process.Ports;

/** What the person at the terminal reads once everything is up. */
record Welcome(CommandLine.Start start, Secrets secrets, boolean ownSignIn, Duration startedIn) {

    String text() {
        var lines = new ArrayList<String>();
        lines.add("Homeward is ready after %.1f s".formatted(startedIn.toMillis() / 1000.0));
        lines.add("");
        lines.add("  REST        " + rest() + "/api/devices");
        lines.add("  Swagger UI  " + rest() + "/q/swagger-ui");
        lines.add("  Health      " + rest() + "/q/health/ready");
        lines.add("  CWMP        " + ServiceSettings.acsUrl(start.ports()));
        lines.add("  STUN        " + Ports.LOOPBACK + ":" + start.ports().stun() + " (UDP)");
        lines.add("");
        lines.addAll(signIn());
        lines.addAll(devices());
        lines.add("");
        lines.add("Try: curl -H \"Authorization: Bearer $(" + token() + ")\" " + rest() + "/api/devices");
        lines.add("Ctrl-C stops everything; the next start goes on with the same data.");
        return box(lines);
    }

    private List<String> signIn() {
        if (!ownSignIn) {
            return List.of("  Sign in at the OIDC server that OIDC_AUTH_SERVER_URL names.");
        }
        return List.of(
                "  Token       " + token(),
                "              demo users admin, operator, support, field, auditor, subscriber;",
                "              everybody's password is \"homeward\", so this is for loopback only");
    }

    private List<String> devices() {
        var lines = new ArrayList<>(admission());
        if (start.demo() > 0) {
            lines.add("  Demo        %,d simulated CPEs call home from now on".formatted(start.demo()));
        }
        return lines;
    }

    private List<String> admission() {
        if (start.open()) {
            return List.of("  CPEs        are let in WITHOUT CREDENTIALS (--open): for a lab only");
        }
        return List.of(
                "  CPEs        sign in with user " + secrets.factoryUsername(),
                "              and password " + secrets.factoryPassword() + " at first contact");
    }

    private String token() {
        var offset = start.ports().offset();
        return "./homeward token" + (offset == 0 ? "" : " --port-offset " + offset);
    }

    private String rest() {
        return "http://" + Ports.LOOPBACK + ":" + start.ports().http();
    }

    private static String box(List<String> lines) {
        var width = lines.stream().mapToInt(String::length).max().orElse(0);
        var edge = "─".repeat(width + 2);
        var text = new StringBuilder("\n┌" + edge + "┐\n");
        lines.forEach(line -> text.append("│ ")
                .append(line)
                .append(" ".repeat(width - line.length()))
                .append(" │\n"));
        return text.append("└").append(edge).append("┘\n").toString();
    }
}
