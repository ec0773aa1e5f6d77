package org.homeward.backends.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;

/**
 * Gives a {@code @QuarkusTest} a database of the shared PostgreSQL. Arguments: {@code datasource} and,
 * unless it has the same name, {@code database}; sets the URL, user and password of that named datasource.
 */
public final class PostgresBackend implements QuarkusTestResourceLifecycleManager {

    private String datasource = "";
    private String database = "";

    @Override
    public void init(Map<String, String> arguments) {
        datasource = Objects.requireNonNull(arguments.get("datasource"), "argument datasource");
        database = arguments.getOrDefault("database", datasource);
    }

    @Override
    public Map<String, String> start() {
        var prefix = "quarkus.datasource.\"" + datasource + "\".";
        return Map.of(
                prefix + "jdbc.url", SharedBackends.jdbcUrl(database),
                prefix + "username", "postgres",
                prefix + "password", "postgres");
    }

    @Override
    public void stop() {
        // shared by all tests of this JVM
    }
}
