package org.homeward.standalone;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What nobody else may know, drawn at the first start and kept below the data directory, readable by its
 * owner only. Losing the file makes what is encrypted with it unreadable.
 */
public record Secrets(Map<String, String> values) {

    static final String FACTORY_USERNAME = "homeward.cwmp.factory-username";
    static final String FACTORY_PASSWORD = "homeward.cwmp.factory-password";
    private static final String FIELD_KEY = "homeward.secrets.key";
    private static final String FLEET_SECRET = "homeward.secrets.fleet";
    private static final String KEYCLOAK_ADMIN = "keycloak.admin-password";

    /** Reads the file and adds what it does not have yet. */
    public static Secrets in(Path data) {
        var file = data.resolve("secrets.properties");
        var random = new SecureRandom();
        try {
            var values = new LinkedHashMap<>(read(file));
            var before = values.size();
            values.computeIfAbsent(FIELD_KEY, _ -> Base64.getEncoder().encodeToString(bytes(random, 32)));
            values.computeIfAbsent(FLEET_SECRET, _ -> Base64.getEncoder().encodeToString(bytes(random, 32)));
            values.putIfAbsent(FACTORY_USERNAME, "factory");
            values.computeIfAbsent(FACTORY_PASSWORD, _ -> word(random));
            values.computeIfAbsent(KEYCLOAK_ADMIN, _ -> word(random));
            if (values.size() > before) {
                write(file, values);
            }
            return new Secrets(Map.copyOf(values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String factoryUsername() {
        return get(FACTORY_USERNAME);
    }

    public String factoryPassword() {
        return get(FACTORY_PASSWORD);
    }

    public String keycloakAdminPassword() {
        return get(KEYCLOAK_ADMIN);
    }

    /** What the services are configured with. */
    Map<String, String> settings() {
        var settings = new LinkedHashMap<>(values);
        settings.remove(KEYCLOAK_ADMIN);
        return settings;
    }

    @Override
    public String toString() {
        return "Secrets" + values.keySet();
    }

    private String get(String key) {
        var value = values.get(key);
        if (value == null) {
            throw new IllegalStateException(key + " was not drawn");
        }
        return value;
    }

    private static Map<String, String> read(Path file) throws IOException {
        var values = new LinkedHashMap<String, String>();
        if (Files.exists(file)) {
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            properties.stringPropertyNames().stream()
                    .sorted()
                    .forEach(name -> values.put(name, properties.getProperty(name, "")));
        }
        return values;
    }

    private static void write(Path file, Map<String, String> values) throws IOException {
        var lines = new ArrayList<String>();
        values.forEach((name, value) -> lines.add(name + "=" + value));
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String word(SecureRandom random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, 15));
    }

    private static byte[] bytes(SecureRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
