package org.homeward.simulator.scenario;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.homeward.simulator.CpeEvent;
import org.homeward.simulator.fleet.Fleet;

/**
 * A story with an end. What the ACS does decides how it goes; the scenario watches and judges.
 *
 * @param milestones in the order in which a device passes them
 */
public record Scenario(String name, List<Milestone> milestones) {

    /** The ready ones. */
    public enum Ready {
        INITIALISATION("initialisation", "new devices: from bootstrap until the ACS has provisioned them"),
        FIRMWARE("firmware", "until the ACS has upgraded every device, and has been told"),
        REBOOT("reboot", "until the ACS has rebooted every device, and has been told"),
        BLACKOUT("blackout", "first contact, then everything off at once, and everything back at once");

        private final String text;
        private final String tells;

        Ready(String text, String tells) {
            this.text = text;
            this.tells = tells;
        }

        public String text() {
            return text;
        }

        /** What it is about, in one line. */
        public String tells() {
            return tells;
        }

        /**
         * The one of that name.
         *
         * @throws IllegalArgumentException when there is none; the message names those that there are
         */
        public static Ready named(String name) {
            return Arrays.stream(values())
                    .filter(r -> r.text.equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no scenario '" + name + "'; there are "
                            + Arrays.stream(values()).map(Ready::text).collect(Collectors.joining(", "))));
        }
    }

    public Scenario {
        milestones = List.copyOf(milestones);
    }

    /**
     * Device initialisation (TR-069 3.7.1.5, {@code 0 BOOTSTRAP}). A device is provisioned once the ACS has set something
     * on it and ended that session well; or, where values are named, once it holds them all.
     *
     * @param values by path below the root, such as {@code ManagementServer.PeriodicInformInterval}
     */
    public static Scenario initialisation(Map<String, String> values) {
        Predicate<Contact> provisioned = values.isEmpty()
                ? c -> c.did("SetParameterValues") || c.did("AddObject") || c.did("SetParameterAttributes")
                : c -> values.entrySet().stream()
                        .allMatch(e -> c.cpe().model().under(e.getKey()).equals(e.getValue()));
        return new Scenario(
                Ready.INITIALISATION.text(),
                List.of(
                        new Milestone("bootstrap accepted", c -> c.informed(CpeEvent.BOOTSTRAP)),
                        new Milestone("provisioned", c -> c.report().succeeded() && provisioned.test(c))));
    }

    /** Firmware upgrade: Download, TransferComplete, another version (TR-069 A.3.2.8, A.3.3.2). */
    public static Scenario firmware() {
        return new Scenario(
                Ready.FIRMWARE.text(),
                List.of(
                        new Milestone("made contact", c -> c.confirmed("Inform")),
                        new Milestone("told to download", c -> c.told("Download") || c.told("ScheduleDownload")),
                        new Milestone("told the end of the transfer", c -> c.confirmed("TransferComplete")),
                        new Milestone(
                                "runs other firmware, and the ACS knows",
                                c -> c.confirmed("Inform") && !c.firmware().equals(c.firmwareBefore()))));
    }

    /** Device reboot: Reboot, then {@code 1 BOOT} with {@code M Reboot} (TR-069 A.3.2.9). */
    public static Scenario reboot() {
        return new Scenario(
                Ready.REBOOT.text(),
                List.of(
                        new Milestone("made contact", c -> c.confirmed("Inform")),
                        new Milestone("told to reboot", c -> c.told("Reboot")),
                        new Milestone(
                                "is back, and told why",
                                c -> c.informed(CpeEvent.BOOT)
                                        && c.report().events().contains("M Reboot"))));
    }

    /**
     * Everything off at once, in the middle of whatever it does, and everything back.
     *
     * @param off how long the power is away
     * @param within the time over which devices come back, evenly; zero for all at once
     */
    public static Scenario blackout(Duration off, Duration within) {
        return new Scenario(
                Ready.BLACKOUT.text(),
                List.of(
                        new Milestone("made contact", c -> c.report().succeeded(), fleet -> darken(fleet, off, within)),
                        new Milestone(
                                "is back and served",
                                c -> c.informed(CpeEvent.BOOT) && c.report().succeeded())));
    }

    private static Duration darken(Fleet fleet, Duration off, Duration within) {
        fleet.blackout(off, within);
        return off;
    }
}
