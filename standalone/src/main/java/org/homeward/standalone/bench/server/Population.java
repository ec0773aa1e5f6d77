package org.homeward.standalone.bench.server;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.kafka.common.utils.Utils;
import org.bson.Document;
import org.homeward.standalone.bench.cpe.LoadCpe;

/**
 * Makes a fleet of many from devices that called, were read and set up: copies what the system keeps of them, in the
 * inventory, in the brain's ledgers and in the twins, under other serial numbers. A fleet of 100,000 would take a quarter
 * of an hour of first contacts otherwise; row by row it would be the same.
 */
public final class Population {

    private static final int AT_ONCE = 500;
    private static final int PARTITIONS = 12;
    private static final String TENANT = "default/";

    private final String jdbcUrl;
    private final String mongodbUri;

    /** @param jdbcUrl of the server, ending in a slash */
    public Population(String jdbcUrl, String mongodbUri) {
        this.jdbcUrl = jdbcUrl;
        this.mongodbUri = mongodbUri;
    }

    /**
     * Copies each device's original.
     *
     * @param originals serial numbers known to the system, in turn for the copies
     * @param progress how many there are already
     */
    public void copy(List<LoadCpe> originals, List<LoadCpe> copies, IntConsumer progress) throws IOException {
        try (Connection registry = DriverManager.getConnection(jdbcUrl + "registry", "postgres", "postgres");
                Connection provisioning =
                        DriverManager.getConnection(jdbcUrl + "provisioning", "postgres", "postgres");
                MongoClient mongo = MongoClients.create(mongodbUri)) {
            MongoCollection<Document> twins =
                    mongo.getDatabase("homeward_registry").getCollection("twin");
            Rows devices = new Rows(registry, "device", "key");
            Rows contacts = new Rows(registry, "contact", "key");
            Rows ledgers = new Rows(provisioning, "device_ledger", "device");
            List<String> deviceRows = new ArrayList<>();
            List<String> contactRows = new ArrayList<>();
            List<String> ledgerRows = new ArrayList<>();
            List<List<Document>> twinsOf = new ArrayList<>();
            for (LoadCpe original : originals) {
                String key = TENANT + original.deviceId();
                deviceRows.add(devices.read(key));
                contactRows.add(contacts.read(key));
                ledgerRows.add(ledgers.read(key));
                twinsOf.add(twins.find(new Document("_id", new Document("$in", ids(twins, key))))
                        .into(new ArrayList<>()));
            }
            for (int from = 0; from < copies.size(); from += AT_ONCE) {
                List<LoadCpe> some = copies.subList(from, Math.min(copies.size(), from + AT_ONCE));
                List<String> newDevices = new ArrayList<>();
                List<String> newContacts = new ArrayList<>();
                List<String> newLedgers = new ArrayList<>();
                List<Document> newTwins = new ArrayList<>();
                for (int i = 0; i < some.size(); i++) {
                    int of = (from + i) % originals.size();
                    LoadCpe original = originals.get(of);
                    LoadCpe copy = some.get(i);
                    newDevices.add(renamed(deviceRows.get(of), original, copy));
                    newContacts.add(renamed(contactRows.get(of), original, copy));
                    newLedgers.add(renamed(ledgerRows.get(of), original, copy)
                            .replaceFirst("\"partition\":\\s*\\d+", "\"partition\":" + partition(copy)));
                    for (Document twin : twinsOf.get(of)) {
                        Document other = new Document(twin);
                        other.put("_id", twin.getString("_id").replace(original.serial(), copy.serial()));
                        newTwins.add(other);
                    }
                }
                devices.insert(newDevices);
                contacts.insert(newContacts);
                ledgers.insert(newLedgers);
                twins.insertMany(newTwins, new InsertManyOptions().ordered(false));
                progress.accept(from + some.size());
            }
        } catch (SQLException e) {
            throw new IOException("devices cannot be copied: " + e.getMessage(), e);
        }
    }

    private static List<String> ids(MongoCollection<Document> twins, String key) {
        List<String> ids = new ArrayList<>();
        ids.add(key + "|");
        Document head = twins.find(new Document("_id", key + "|")).first();
        if (head != null) {
            head.getList("b", String.class).forEach(branch -> ids.add(key + "|" + branch));
        }
        return ids;
    }

    /** Only the key and the serial number change: what the original said of itself, the copy will say as well. */
    private static String renamed(String row, LoadCpe original, LoadCpe copy) {
        return row.replace(original.deviceId(), copy.deviceId())
                .replace("\"serial_number\":\"" + original.serial(), "\"serial_number\":\"" + copy.serial())
                .replace("\"serial_number\": \"" + original.serial(), "\"serial_number\": \"" + copy.serial());
    }

    /** As Kafka's producers choose it. */
    private static int partition(LoadCpe cpe) {
        byte[] key = (TENANT + cpe.deviceId()).getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
    }

    /** A table whose rows are read and written as JSON, whatever columns it has. */
    private static final class Rows {
        private static final String COLUMNS = """
                select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns
                where table_schema = 'public' and table_name = ? and is_generated = 'NEVER'
                """;

        private final Connection connection;
        private final String table;
        private final String key;
        private final String columns;

        Rows(Connection connection, String table, String key) throws SQLException {
            this.connection = connection;
            this.table = table;
            this.key = key;
            try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
                select.setString(1, table);
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                    columns = found.getString(1);
                }
            }
        }

        String read(String which) throws SQLException {
            String sql = "select to_json(t)::text from (select * from " + table + " where " + key + " = ?) t";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, which);
                try (ResultSet found = select.executeQuery()) {
                    if (!found.next()) {
                        throw new SQLException(table + " has no " + which);
                    }
                    return found.getString(1);
                }
            }
        }

        void insert(List<String> rows) throws SQLException {
            String sql = "insert into " + table + " (" + columns + ") select " + columns
                    + " from json_populate_recordset(null::" + table + ", ?::json)";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, "[" + String.join(",", rows) + "]");
                insert.executeUpdate();
            }
        }
    }
}
