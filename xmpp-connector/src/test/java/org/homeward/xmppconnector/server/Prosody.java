package org.homeward.xmppconnector.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.homeward.backends.process.Ports;
import org.jspecify.annotations.Nullable;

/**
 * A Prosody with the configuration that {@code deploy/prosody} gives to operators, and with a component besides
 * ({@link FakeFleet}), on free ports of this machine. Its data outlives {@link #stop}.
 */
public final class Prosody implements AutoCloseable {

    public static final String DOMAIN = "xmpp.test";
    public static final String FLEET = "fleet.xmpp.test";
    public static final String FLEET_SECRET = "component secret";
    public static final String CONNECTOR = "homeward";
    public static final String CONNECTOR_PASSWORD = "connector's own";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProsodyPrograms programs;
    private final Path directory;
    private final Certificates certificates;
    private final int port = Ports.free();
    private final int componentPort = Ports.free();
    private @Nullable Process process;

    private Prosody(ProsodyPrograms programs, Path directory, Certificates certificates) {
        this.programs = programs;
        this.directory = directory;
        this.certificates = certificates;
    }

    /** Starts one with the connector's account in it. */
    public static Prosody started() throws Exception {
        return startedWithCertificateFor(DOMAIN, FLEET);
    }

    /** The same, with a certificate that names what it likes. */
    public static Prosody startedWithCertificateFor(String... domains) throws Exception {
        ProsodyPrograms programs = ProsodyPrograms.find();
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "prosody-");
        Prosody server = new Prosody(programs, directory, Certificates.forDomains(directory, domains));
        server.account(CONNECTOR, CONNECTOR_PASSWORD);
        server.start();
        return server;
    }

    public int port() {
        return port;
    }

    public int componentPort() {
        return componentPort;
    }

    public Certificates certificates() {
        return certificates;
    }

    /** As {@code prosodyctl register} leaves it; before its start, or for one that it does not know yet. */
    public void account(String localpart, String password) throws IOException {
        Path accounts = directory.resolve("data").resolve("xmpp%2etest").resolve("accounts");
        Files.createDirectories(accounts);
        Files.writeString(
                accounts.resolve(localpart.replace("-", "%2d") + ".dat"),
                "return { password = \"" + password + "\" };\n");
    }

    public boolean hasAccount(String localpart) {
        return Files.exists(directory
                .resolve("data")
                .resolve("xmpp%2etest")
                .resolve("accounts")
                .resolve(localpart.replace("-", "%2d") + ".dat"));
    }

    public void start() throws IOException {
        Path config = Files.writeString(
                directory.resolve("test.cfg.lua"), """
                run_as_root = true
                component_ports = { %d }
                component_interfaces = { "127.0.0.1" }
                Include "%s"
                Component "%s"
                component_secret = "%s"
                """.formatted(componentPort, deployed(), FLEET, FLEET_SECRET));
        ProcessBuilder builder = new ProcessBuilder(
                        programs.interpreter().toString(),
                        programs.program().toString(),
                        "--config",
                        config.toString(),
                        "-F")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("printed.txt").toFile()));
        builder.environment().putAll(programs.environment());
        builder.environment()
                .putAll(Map.of(
                        "XMPP_DOMAIN", DOMAIN,
                        "XMPP_CONNECTOR", CONNECTOR,
                        "XMPP_DATA", directory.resolve("data").toString(),
                        "XMPP_PORT", String.valueOf(port),
                        "XMPP_INTERFACE", "127.0.0.1",
                        "XMPP_KEY", certificates.key().toString(),
                        "XMPP_CERTIFICATE", certificates.certificate().toString(),
                        "XMPP_LOG", directory.resolve("prosody.log").toString()));
        Process started = builder.start();
        process = started;
        // a test that is broken off leaves nothing behind
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
        for (int each : List.of(port, componentPort)) {
            await("Prosody, see " + directory).atMost(PATIENCE).until(() -> !started.isAlive() || accepts(each));
        }
        if (!started.isAlive()) {
            throw new IllegalStateException("Prosody ended: " + Files.readString(directory.resolve("printed.txt")));
        }
    }

    private static Path deployed() {
        Path below = Path.of("deploy", "prosody", "prosody.cfg.lua");
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve(below))
                ? here.resolve(below)
                : here.resolve("..").resolve(below).normalize();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Nanoseconds of CPU that it took so far. */
    public long cpu() {
        Process running = process;
        return running == null
                ? 0
                : running.toHandle()
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toNanos)
                        .orElse(0L);
    }

    /** Ends it, as a restart or a crash does. */
    public void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
        process = null;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
