package org.homeward.registry.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.homeward.backends.testing.SharedBackends;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of the registry on the shared PostgreSQL, for tests without a container. */
public final class RegistryDatabase {

    private RegistryDatabase() {}

    /** An empty one with all tables. */
    public static DataSource fresh(String name) {
        var database = new PGSimpleDataSource();
        database.setUrl(SharedBackends.jdbcUrl(name));
        database.setUser("postgres");
        database.setPassword("postgres");
        Flyway flyway = Flyway.configure()
                .dataSource(database)
                .locations("db/kit", "db/registry")
                .cleanDisabled(false)
                .load();
        flyway.clean();
        flyway.migrate();
        return database;
    }

    /** One connection for all, as a pool gives them to one user: its process can be watched. */
    public static DataSource kept(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        var unclosed = (Connection) Proxy.newProxyInstance(
                RegistryDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) -> method.getName().equals("close") ? null : invoke(connection, method, args));
        return (DataSource) Proxy.newProxyInstance(
                RegistryDatabase.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) ->
                        method.getName().equals("getConnection") ? unclosed : invoke(database, method, args));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
