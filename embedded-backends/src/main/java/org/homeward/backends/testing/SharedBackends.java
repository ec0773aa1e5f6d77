package org.homeward.backends.testing;

import java.lang.reflect.InvocationTargetException;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.backends.mongo.MongoStandIn;
import org.homeward.backends.postgres.EmbeddedPostgresServer;
import org.jspecify.annotations.Nullable;

/**
 * The backends of a test JVM: each started when first asked for, shared by all tests, stopped when the
 * JVM exits. Where a test needs to stop one, it starts one of its own.
 *
 * <p>Quarkus loads test classes anew for every test profile and closes the loaders it no longer needs.
 * The backends live in the system class loader, which stays, and so they are one of each.
 */
public final class SharedBackends {

    private static final Object LOCK = new Object();
    private static @Nullable EmbeddedKafka kafka;
    private static @Nullable EmbeddedPostgresServer postgres;
    private static @Nullable MongoStandIn mongo;

    private SharedBackends() {}

    /** Host and port of the broker. Topics are created by whoever needs them. */
    public static String kafkaBootstrapServers() {
        return inSystemLoader("startedKafka", "");
    }

    /** JDBC URL of a database, which is created if it is not there; user and password {@code postgres}. */
    public static String jdbcUrl(String database) {
        return inSystemLoader("startedPostgres", database);
    }

    /** Connection string of the MongoDB stand-in, which keeps everything in memory. */
    public static String mongodbUri() {
        return inSystemLoader("startedMongo", "");
    }

    /** Called by name in the class of this name that the system class loader knows. */
    static String startedKafka(String unused) {
        synchronized (LOCK) {
            if (kafka == null) {
                kafka = EmbeddedKafka.temporary().start();
                closeAtExit(kafka);
            }
            return kafka.bootstrapServers();
        }
    }

    static String startedPostgres(String database) {
        synchronized (LOCK) {
            if (postgres == null) {
                postgres = EmbeddedPostgresServer.temporary().start();
                closeAtExit(postgres);
            }
            postgres.createDatabase(database);
            return postgres.jdbcUrl(database);
        }
    }

    static String startedMongo(String unused) {
        synchronized (LOCK) {
            if (mongo == null) {
                mongo = MongoStandIn.inMemory().start();
                closeAtExit(mongo);
            }
            return mongo.mongodbUri();
        }
    }

    private static String inSystemLoader(String method, String argument) {
        try {
            var shared = ClassLoader.getSystemClassLoader().loadClass(SharedBackends.class.getName());
            var start = shared.getDeclaredMethod(method, String.class);
            start.setAccessible(true);
            return (String) start.invoke(null, argument);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("backend did not start", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void closeAtExit(AutoCloseable backend) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                backend.close();
            } catch (Exception e) { // what AutoCloseable declares
                throw new IllegalStateException(e);
            }
        }));
    }
}
