package org.homeward.standalone.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.homeward.standalone.bench.cpe.KnownValues;
import org.homeward.standalone.bench.cpe.LoadCpe;

/**
 * What the system knows of the CPEs of the load once its backlog is empty, compared with what the CPEs know: the
 * inventory and the sessions in SQL, every value of the twin over REST.
 */
public final class Registry {

    /** The inventory leaves out an Inform like the last one for so long. */
    private static final Duration COALESCED = Duration.ofSeconds(2);

    private static final int MOST_TWINS = 2_000;
    private static final int AT_ONCE = 4;

    private static final String INVENTORY = """
            select d.id, d.root, d.software_version, d.connection_request_url,
                   extract(epoch from c.last_inform) * 1000 as last_inform,
                   (select count(*) from session s where s.key = d.key and s.outcome <> 'open') as sessions
            from device d join contact c using (key)
            where d.serial_number like ?
            """;

    private final RestClient rest;
    private final String jdbcUrl;
    private final String username;
    private final String password;

    public Registry(RestClient rest, String jdbcUrl, String username, String password) {
        this.rest = rest;
        this.jdbcUrl = jdbcUrl;
        this.username = username;
        this.password = password;
    }

    private record Row(String root, String softwareVersion, String url, long lastInform, int sessions) {}

    /**
     * What was looked at, and where the system knows something else than the CPE.
     *
     * @param differences some of them, in words; empty if all is well
     */
    public record Findings(int inventoryRows, int twins, long values, int differing, List<String> differences) {

        private static final int MOST_TOLD = 10;

        /** With more that was looked at, and found to be so many values that are right and some that are not. */
        public Findings and(long right, List<String> wrong) {
            List<String> told = new ArrayList<>(differences);
            told.addAll(wrong.subList(0, Math.min(MOST_TOLD, wrong.size())));
            return new Findings(inventoryRows, twins, values + right, differing + wrong.size(), List.copyOf(told));
        }
    }

    /** @param series the CPEs' */
    public Findings compare(String series, List<LoadCpe> cpes) throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        Map<String, Row> rows = inventory(series);
        int found = 0;
        for (LoadCpe cpe : cpes) {
            Row row = rows.get(cpe.deviceId());
            if (row == null) {
                differences.add(cpe.deviceId() + " is not in the inventory");
                continue;
            }
            found++;
            check(cpe, row, differences);
        }
        List<LoadCpe> sample = sample(cpes);
        long values = twins(sample, differences);
        return new Findings(found, sample.size(), 0, 0, List.of()).and(values, differences);
    }

    private static void check(LoadCpe cpe, Row row, List<String> differences) {
        if (row.lastInform() < cpe.lastContact() - COALESCED.toMillis()) {
            differences.add(cpe.deviceId() + " called last at " + cpe.lastContact() + ", the inventory says "
                    + row.lastInform());
        }
        if (row.sessions() < cpe.sessions()) {
            differences.add(
                    cpe.deviceId() + " had " + cpe.sessions() + " sessions, the registry knows " + row.sessions());
        }
        if (!row.root().equals("InternetGatewayDevice.")
                || row.softwareVersion().isEmpty()
                || !row.url().endsWith("/" + cpe.toldSerial())) {
            differences.add(cpe.deviceId() + " is in the inventory as " + row);
        }
    }

    private static List<LoadCpe> sample(List<LoadCpe> cpes) {
        if (cpes.size() <= MOST_TWINS) {
            return cpes;
        }
        List<LoadCpe> sample = new ArrayList<>();
        for (int i = 0; i < MOST_TWINS; i++) {
            sample.add(cpes.get((int) ((long) i * cpes.size() / MOST_TWINS)));
        }
        return sample;
    }

    private Map<String, Row> inventory(String series) throws IOException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, username, password);
                PreparedStatement select = connection.prepareStatement(INVENTORY)) {
            select.setString(1, series + "%");
            Map<String, Row> rows = new HashMap<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.put(
                            found.getString(1),
                            new Row(
                                    found.getString(2),
                                    found.getString(3),
                                    found.getString(4),
                                    found.getLong(5),
                                    found.getInt(6)));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IOException("the inventory cannot be read: " + e.getMessage(), e);
        }
    }

    /** How many devices there are in all. */
    public long devices() throws IOException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, username, password);
                PreparedStatement select = connection.prepareStatement("select count(*) from device");
                ResultSet found = select.executeQuery()) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw new IOException("the inventory cannot be read: " + e.getMessage(), e);
        }
    }

    private long twins(List<LoadCpe> cpes, List<String> differences) throws IOException, InterruptedException {
        long values = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<KnownValues.Comparison>> tasks = new ArrayList<>();
            cpes.forEach(cpe -> tasks.add(() -> KnownValues.compare(cpe, twin(cpe))));
            for (Future<KnownValues.Comparison> task : threads.invokeAll(tasks)) {
                KnownValues.Comparison comparison = task.get();
                values += comparison.same();
                differences.addAll(comparison.differences());
            }
        } catch (ExecutionException e) {
            throw new IOException("a twin cannot be read: " + e.getMessage(), e);
        }
        return values;
    }

    private Map<String, String> twin(LoadCpe cpe) throws IOException, InterruptedException {
        Map<String, String> twin = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = rest.get("/api/devices/" + cpe.deviceId() + "/parameters?limit=500" + cursor);
            for (JsonNode item : page.path("items")) {
                twin.put(item.path("path").asText(), item.path("value").asText(""));
            }
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return twin;
    }
}
