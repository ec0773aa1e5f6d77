package org.homeward.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.homeward.backends.testing.SharedBackends;
import org.postgresql.ds.PGSimpleDataSource;

/** A fresh database with the kit's tables. */
public final class TestDatabase {

    private TestDatabase() {}

    public static DataSource fresh() throws SQLException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(
                SharedBackends.jdbcUrl("kit_" + UUID.randomUUID().toString().replace("-", "")));
        database.setUser("postgres");
        database.setPassword("postgres");
        run(database, script("V0_1__inbox_outbox.sql"));
        run(database, script("V0_2__idempotency.sql"));
        run(database, script("V0_3__outbox_dead.sql"));
        return database;
    }

    public static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static List<String> column(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static String script(String name) {
        try (InputStream file = TestDatabase.class.getResourceAsStream("/db/kit/" + name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
