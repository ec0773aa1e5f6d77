package org.homeward.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Keys and certificates for tests, made by the JDK's own keytool: each signs itself. */
final class TlsFiles {

    static final String PASSWORD = "changeit";

    private final Path folder;

    TlsFiles() {
        try {
            folder = Files.createTempDirectory("homeward-tls-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key and its certificate. @param more options of keytool */
    Path keyStore(String name, String subject, String... more) {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-keyalg", "EC"));
        command.addAll(List.of("-dname", subject, "-validity", "3650", "-keystore", file.toString()));
        command.addAll(List.of(more));
        keytool(command);
        return file;
    }

    /** What trusts the certificates in these key stores. */
    Path trustStore(String name, Path... keyStores) {
        Path file = folder.resolve(name + ".p12");
        for (Path keys : keyStores) {
            String alias = keys.getFileName().toString().replace(".p12", "");
            Path certificate = folder.resolve(alias + ".crt");
            keytool(List.of(
                    "-exportcert", "-alias", alias, "-keystore", keys.toString(), "-file", certificate.toString()));
            keytool(List.of(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    alias,
                    "-keystore",
                    file.toString(),
                    "-file",
                    certificate.toString()));
        }
        return file;
    }

    private static void keytool(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param keys what to show when asked; null for nothing */
    static SSLContext context(@Nullable Path keys, Path trust) {
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(load(trust));
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys == null ? null : load(keys), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys == null ? null : own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(Path file) throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
