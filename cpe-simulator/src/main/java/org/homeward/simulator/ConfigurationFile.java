package org.homeward.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.homeward.simulator.model.DeviceModel;
import org.homeward.simulator.model.DeviceModel.Assignment;
import org.homeward.simulator.model.Node;

/**
 * The vendor configuration file of one CPE (FileTypes {@code 1} of an Upload, {@code 3} of a Download): UTF-8, a line
 * {@code path=value} for each writable parameter, without secrets.
 */
final class ConfigurationFile {
    private static final String URL = "ManagementServer.URL";
    private final SimulatedCpe cpe;

    ConfigurationFile(SimulatedCpe cpe) {
        this.cpe = cpe;
    }

    /** As it stands now. */
    byte[] write() {
        return cpe.model().subtree("").stream()
                .filter(e -> e.node() instanceof Node.Parameter p && p.writable() && !p.hidden())
                .map(e -> e.path() + "=" + cpe.model().value(e.path()).orElse(""))
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Takes over all of a file, over a reboot, or nothing: what is not a configuration of this very model is a corrupted
     * file (fault 9018).
     */
    void apply(Transfer transfer, byte[] file) {
        List<Assignment> lines = new String(file, StandardCharsets.UTF_8)
                .lines()
                .filter(Predicate.not(String::isBlank))
                .map(ConfigurationFile::assignment)
                .toList();
        DeviceModel model = cpe.model();
        if (lines.isEmpty() || !model.check(lines).isEmpty()) {
            cpe.transfers().tell(transfer, 9018);
            return;
        }
        cpe.life().restart(new Power.Restart(List.of(), () -> takeOver(transfer, lines), 0));
    }

    private void takeOver(Transfer transfer, List<Assignment> lines) {
        String acs = cpe.model().under(URL);
        // Not the ACS has written them: it is to know (TR-069 A.3.2.4).
        lines.stream()
                .filter(line -> !cpe.model().value(line.path()).orElse("").equals(line.value()))
                .forEach(line -> cpe.changes(line.path(), line.value()));
        if (!cpe.model().under(URL).equals(acs)) {
            cpe.events().bootstrap();
        }
        cpe.transfers().finished(transfer, 0, () -> {});
    }

    private static Assignment assignment(String line) {
        String[] sides = line.split("=", 2);
        return new Assignment(sides[0], "", sides.length == 2 ? sides[1] : "");
    }
}
