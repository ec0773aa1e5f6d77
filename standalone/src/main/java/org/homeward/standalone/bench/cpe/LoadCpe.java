package org.homeward.standalone.bench.cpe;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One CPE of the load: who it is and what was written to it. Used by the client's one thread; what it keeps of its
 * sessions may be read by others once that thread is done.
 */
public final class LoadCpe {

    private static final String OUI = "02B0C4";
    private static final String PRODUCT_CLASS = "HG1100B";

    private final int number;
    private final String serial;
    private final String told;
    private final String connectionRequestUrl;
    private Map<String, String> written = Map.of();
    private boolean ownWrites;
    private Map<String, String> sinceBootstrap = Map.of();
    private Set<String> rewritten = Set.of();
    private boolean fresh = true;
    private int retries;
    private int sessions;
    private long lastContact;

    /**
     * @param series tells the CPEs of one run from those of others: letters and digits
     * @param number from 0
     * @param connectionRequestAuthority host and port that its ConnectionRequestURL names
     */
    public LoadCpe(String series, int number, String connectionRequestAuthority) {
        this.number = number;
        this.serial = "%s%07d".formatted(series, number);
        this.told = serial;
        this.connectionRequestUrl = "http://" + connectionRequestAuthority + "/" + serial;
    }

    private LoadCpe(LoadCpe original, String serial) {
        this.number = original.number;
        this.serial = serial;
        this.told = original.serial;
        this.connectionRequestUrl = original.connectionRequestUrl;
        this.written = original.written;
        this.fresh = original.fresh;
    }

    /** One that says all that this one says, but for the serial number of its DeviceId, and was written what this one was until now. */
    public LoadCpe copy(String series, int copyNumber) {
        return new LoadCpe(this, "%s%07d".formatted(series, copyNumber));
    }

    public static String oui() {
        return OUI;
    }

    static String productClass() {
        return PRODUCT_CLASS;
    }

    public String serial() {
        return serial;
    }

    /** As Homeward writes it. */
    public String deviceId() {
        return OUI + "-" + PRODUCT_CLASS + "-" + serial;
    }

    /** The serial number that its data model tells: its own, or that of the one it is a copy of. */
    public String toldSerial() {
        return told;
    }

    /** Sessions that ended well. */
    public int sessions() {
        return sessions;
    }

    /** What somebody wrote to it, by path. */
    public Map<String, String> written() {
        return written;
    }

    /** Paths of values that it was told again though it had already been given them since it last said 0 BOOTSTRAP. */
    public Set<String> rewritten() {
        return rewritten;
    }

    /** Whether no session of it ended well yet. */
    public boolean isFresh() {
        return fresh;
    }

    /** What its Inform says of the number of failed attempts before (TR-069 3.2.1.1). */
    public int retries() {
        return retries;
    }

    /** When its last session began that ended well, in milliseconds of the epoch. */
    public long lastContact() {
        return lastContact;
    }

    void succeeded(long startedMillis) {
        lastContact = startedMillis;
        fresh = false;
        retries = 0;
        sessions++;
    }

    /** It says that it has forgotten everything. */
    void bootstraps() {
        sinceBootstrap = Map.of();
    }

    void failed() {
        retries++;
    }

    void write(String path, String value) {
        if (!ownWrites) {
            written = new HashMap<>(written);
            ownWrites = true;
        }
        written.put(path, value);
        if (sinceBootstrap.isEmpty()) {
            sinceBootstrap = new HashMap<>();
        }
        if (value.equals(sinceBootstrap.put(path, value)) && !path.endsWith(".ParameterKey")) {
            rewritten = new TreeSet<>(rewritten);
            rewritten.add(path);
        }
    }

    /** The value it tells of a parameter; empty for what is hidden. */
    String value(HomeGateway.Entry entry) {
        if (entry.hidden()) {
            return "";
        }
        String own = written.isEmpty() ? null : written.get(entry.path());
        return own != null ? own : fill(entry.value());
    }

    /** The value it was given or came with, hidden or not. */
    String secret(String path, String factory) {
        return written.getOrDefault(path, factory);
    }

    private String fill(String value) {
        int start = value.indexOf("${");
        if (start < 0) {
            return value;
        }
        int end = value.indexOf('}', start);
        return value.substring(0, start) + own(value.substring(start + 2, end)) + fill(value.substring(end + 1));
    }

    private String own(String name) {
        return switch (name) {
            case "serial" -> told;
            case "oui" -> OUI;
            case "productClass" -> PRODUCT_CLASS;
            case "manufacturer" -> "Homeward Bench";
            case "mac" ->
                "02:B0:%02X:%02X:%02X:%02X"
                        .formatted(number >>> 24, number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff);
            case "wanIp" -> "10.%d.%d.%d".formatted(number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff);
            case "connectionRequestUrl" -> connectionRequestUrl;
            case "connectionRequestUsername" -> told;
            case "periodicInformInterval" -> "3600";
            case "uptime" -> "86400";
            case "now" -> Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            default -> "";
        };
    }
}
