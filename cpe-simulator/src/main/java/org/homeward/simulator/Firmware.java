package org.homeward.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.model.DeviceModel;

/**
 * The firmware of one CPE: what becomes of an image that was fetched, and which of its banks it boots from (TR-181
 * Device.DeviceInfo.FirmwareImage, where the model has it). An image names its version in its first line, {@code
 * version=1.2.3}; failing that, the version is the first dotted number in the target file name or the URL.
 */
final class Firmware {
    private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)+(?:-[A-Za-z0-9]+)?");
    private final SimulatedCpe cpe;

    Firmware(SimulatedCpe cpe) {
        this.cpe = cpe;
    }

    /** Restarts into a new image, and has the end of the transfer told before or after. */
    void install(Transfer transfer, byte[] head) {
        String version = version(head, transfer);
        int fault = cpe.does(Misbehaviour.CLAIMS_FAILURE) ? 9018 : 0;
        Runnable activate = cpe.does(Misbehaviour.CLAIMS_SUCCESS) ? () -> {} : () -> activate(version);
        int loops = cpe.does(Misbehaviour.BOOT_LOOPS) ? cpe.options().bootLoops() : 0;
        if (cpe.does(Misbehaviour.BRICKS)) {
            cpe.life().brick();
        } else if (cpe.does(Misbehaviour.EARLY_TRANSFER_COMPLETE)) {
            cpe.transfers()
                    .finished(transfer, fault, () -> cpe.life().restart(new Power.Restart(List.of(), activate, loops)));
            cpe.life().wakeUnlessRetrying();
        } else {
            Runnable meanwhile = () -> {
                activate.run();
                cpe.transfers().finished(transfer, fault, () -> {});
            };
            cpe.life().restart(new Power.Restart(List.of(), meanwhile, loops));
        }
    }

    /** Keeps an image for later, in the bank that the CPE does not run from (FileType 6). */
    void store(Transfer transfer, byte[] head) {
        otherBank().ifPresent(bank -> fill(bank, version(head, transfer), "Available"));
        cpe.transfers().tell(transfer, 0);
    }

    /** On each boot: into the bank that the ACS has named. */
    void boot() {
        DeviceModel model = cpe.model();
        String wanted = bank("BootFirmwareImage");
        if (!wanted.isEmpty() && !wanted.equals(bank("ActiveFirmwareImage"))) {
            model.value(wanted + "Version").ifPresent(version -> run(wanted, version));
        }
    }

    /** Back to the factory, but for the firmware. */
    void factoryReset() {
        DeviceModel model = cpe.model();
        Map<String, String> kept = new TreeMap<>(model.ownValues());
        kept.keySet().removeIf(path -> !path.matches("[^.]+\\.DeviceInfo\\.(SoftwareVersion|\\w*FirmwareImage\\b.*)"));
        model.reset();
        kept.forEach(model::put);
    }

    private void activate(String version) {
        Optional<String> other = otherBank();
        if (other.isPresent()) {
            run(other.get(), version);
            cpe.model().put(path("BootFirmwareImage"), other.get());
        } else {
            cpe.changes(path("SoftwareVersion"), version);
        }
    }

    private void run(String bank, String version) {
        String before = bank("ActiveFirmwareImage");
        cpe.model().value(before + "Version").ifPresent(old -> fill(before, old, "Available"));
        fill(bank, version, "Active");
        cpe.model().put(path("ActiveFirmwareImage"), bank);
        cpe.changes(path("SoftwareVersion"), version);
    }

    private void fill(String bank, String version, String status) {
        cpe.model().put(bank + "Version", version);
        cpe.model().put(bank + "Status", status);
    }

    /** The first bank that the CPE does not run from; empty where the model has no banks. */
    private Optional<String> otherBank() {
        String table = path("FirmwareImage.");
        String active = bank("ActiveFirmwareImage");
        return cpe.model().instances(table).stream()
                .map(i -> table + i + ".")
                .filter(bank -> !active.isEmpty() && !bank.equals(active))
                .findFirst();
    }

    private String bank(String reference) {
        String value = cpe.model().under("DeviceInfo." + reference);
        return value.isEmpty() || value.endsWith(".") ? value : value + ".";
    }

    private String path(String name) {
        return cpe.model().root() + "DeviceInfo." + name;
    }

    private static String version(byte[] image, Transfer transfer) {
        String head = new String(image, StandardCharsets.ISO_8859_1);
        String firstLine = head.lines().findFirst().orElse("");
        if (firstLine.startsWith("version=")) {
            return firstLine.substring("version=".length()).strip();
        }
        return versionIn(transfer.targetFileName + " " + transfer.url).orElse("unknown");
    }

    /** The first dotted number in a file's name or the path of its URL. */
    static Optional<String> versionIn(String url) {
        Matcher matcher = VERSION.matcher(url.replaceFirst("\\w+://[^/]*", ""));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
