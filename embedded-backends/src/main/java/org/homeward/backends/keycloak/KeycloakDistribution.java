package org.homeward.backends.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keycloak as unpacked on disk. Before its first start it is augmented once for what we use of it, which
 * takes about twenty seconds and makes every start after that quick.
 *
 * @param home the folder with {@code bin} and {@code lib}
 */
public record KeycloakDistribution(Path home) {

    private static final List<String> BUILD_OPTIONS = List.of(
            "--db=dev-file",
            "--health-enabled=false",
            "--metrics-enabled=false",
            "--features-disabled="
                    + "ciba,device-flow,impersonation,kerberos,opentelemetry,organization,par,passkeys,web-authn");

    public KeycloakDistribution {
        home = home.toAbsolutePath();
    }

    /** Prepares the distribution in the folder named by the first argument. Run by the build. */
    public static void main(String[] args) {
        new KeycloakDistribution(Path.of(args[0])).prepare();
    }

    /**
     * Augments the distribution unless that was done.
     *
     * @throws IllegalStateException if there is no Keycloak in this folder, or it refuses
     */
    public void prepare() {
        var script = home.resolve("bin/kc.sh");
        if (!Files.exists(script)) {
            throw new IllegalStateException("no Keycloak in " + home);
        }
        try {
            var options = String.join(" ", BUILD_OPTIONS);
            if (Files.exists(prepared()) && Files.readString(prepared()).equals(options)) {
                return;
            }
            augment(script);
            Files.writeString(prepared(), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path runner() {
        return home.resolve("lib/quarkus-run.jar");
    }

    private Path prepared() {
        return home.resolve("prepared-for-homeward");
    }

    private void augment(Path script) throws IOException, InterruptedException {
        var log = home.resolve("prepare.log");
        var builder = new ProcessBuilder("/bin/sh", script.toString(), "build")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.command().addAll(BUILD_OPTIONS);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("Keycloak could not be prepared, see " + log);
        }
    }
}
