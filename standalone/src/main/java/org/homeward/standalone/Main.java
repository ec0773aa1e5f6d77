package org.homeward.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeward.backends.process.DirectoryLock;
import org.homeward.backends.process.PortTakenException;
import org.homeward.backends.process.Ports;
import org.jboss.logging.Logger;

/** {@code ./homeward up}: backends first, then the services; the other way round at the end. */
@QuarkusMain
public final class Main {

    private static final Logger LOG = Logger.getLogger(Main.class);
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    public static void main(String... arguments) {
        switch (CommandLine.parse(List.of(arguments), project())) {
            case CommandLine.Help() -> System.out.print(CommandLine.USAGE);
            case CommandLine.Refused(var why) -> {
                System.err.println("homeward: " + why);
                System.err.print(CommandLine.USAGE);
                System.exit(MISUSED);
            }
            case CommandLine.Start start -> System.exit(run(start));
        }
    }

    private static int run(CommandLine.Start start) {
        try (var progress = new Progress(System.out, isTerminal())) {
            System.out.println("Homeward starts; its data is in " + start.data());
            var data = DirectoryLock.take(start.data());
            var secrets = Secrets.in(start.data());
            var parts = new Parts(start.ports(), start.data(), keycloakHome(), secrets, System.getenv()).all();
            var backends = new Backends(parts);
            backends.reclaim();
            Ports.requireFree(start.ports().cwmp(), "CWMP");
            Ports.requireFree(start.ports().http(), "REST");
            start.ports().allUdp().forEach(port -> Ports.requireFreeUdp(port, "STUN"));
            backends.requireFreePorts();
            var stop = new OrderedStop(backends, data);
            Runtime.getRuntime().addShutdownHook(new Thread(stop, "ordered-stop"));
            return startAndServe(new House(start, secrets, parts), backends, stop, progress);
        } catch (PortTakenException e) {
            System.err.println(
                    "homeward: " + e.getMessage() + "; end that process, or move all ports with --port-offset K");
            return FAILED;
        } catch (IllegalStateException | IllegalArgumentException e) {
            System.err.println("homeward: " + e.getMessage());
            return FAILED;
        }
    }

    private record House(CommandLine.Start start, Secrets secrets, List<Part> parts) {}

    private static int startAndServe(House house, Backends backends, OrderedStop stop, Progress progress) {
        try {
            backends.start(progress);
            backends.supervise();
        } catch (RuntimeException e) {
            if (stop.isStopping()) {
                return FAILED; // Ctrl-C has been answered already
            }
            throw e;
        }
        new ServiceSettings(house.start(), house.secrets(), house.parts()).addTo(System.getProperties());
        var ready = progress.waitFor("services", ":" + house.start().ports().http());
        Running.onReady(() -> {
            ready.run();
            progress.close();
            System.out.print(new Welcome(house.start(), house.secrets(), hasOwnSignIn(house), sinceJvmStart()).text());
            new Demo(house.start(), house.secrets()).begin();
        });
        return stop.whileRunning(Main::serve);
    }

    private static int serve() {
        var exitCode = new AtomicInteger();
        Quarkus.run(Running.class, (code, failure) -> {
            exitCode.set(code);
            if (failure != null) {
                LOG.error("the services did not start", failure);
            }
        });
        return exitCode.get();
    }

    private static boolean hasOwnSignIn(House house) {
        return house.parts().getLast().ours() instanceof Part.Running.Embedded;
    }

    private static Duration sinceJvmStart() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private static Path project() {
        return Path.of(System.getProperty("homeward.project", "")).toAbsolutePath();
    }

    private static Path keycloakHome() {
        return project().resolve("standalone/target/keycloak");
    }
}
