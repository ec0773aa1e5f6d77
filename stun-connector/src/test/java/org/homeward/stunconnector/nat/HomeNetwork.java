package org.homeward.stunconnector.nat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.homeward.stunconnector.tools.DebianTools;
import org.homeward.stunconnector.tools.DebianTools.Output;
import org.jboss.logging.Logger;

/**
 * A home as the kernel makes one: a network namespace for the CPE, another for the router before it, which masquerades
 * and lets nobody in who was not asked, and a wire from that to us. Needs root, {@code ip} and {@code iptables}.
 */
public final class HomeNetwork implements AutoCloseable {

    /** What the CPE is called at home. */
    public static final String INSIDE = "192.168.77.2";

    private static final Logger LOG = Logger.getLogger(HomeNetwork.class);
    private static final String GATEWAY = "192.168.77.1";
    private static final String PREFIX = "hwnat-";

    private final DebianTools tools;
    private final String name = PREFIX + ProcessHandle.current().pid() + "-"
            + ThreadLocalRandom.current().nextInt(0x1000, 0x10000);
    private final String cpe = name + "-cpe";
    private final String router = name + "-router";

    /** Interfaces have names of at most 15 characters. */
    private final String wire =
            "hw" + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10_0000, 0x1000_0000));

    private final String outside;

    private HomeNetwork(DebianTools tools, int number) {
        this.tools = tools;
        this.outside = "198.18." + number + '.';
    }

    /** Builds it, or says that this machine does not let us. */
    public static HomeNetwork build() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))
                || !Files.isExecutable(Path.of("/usr/sbin/ip")) && !Files.isExecutable(Path.of("/sbin/ip"))) {
            throw DebianTools.notRun("needs root and ip (Debian package iproute2) to make network namespaces");
        }
        DebianTools tools = DebianTools.of(
                "iptables",
                List.of("usr/sbin", "sbin"),
                "xtables-nft-multi",
                List.of("iptables", "libxtables12", "libnftnl11", "libmnl0", "libip4tc2", "libip6tc2"));
        sweep(tools);
        HomeNetwork home = new HomeNetwork(tools, ThreadLocalRandom.current().nextInt(1, 255));
        try {
            home.wireUp();
            return home;
        } catch (IOException e) {
            home.close();
            throw DebianTools.notRun(
                    "needs network namespaces with NAT, which this system does not give: " + e.getMessage());
        } catch (RuntimeException | InterruptedException e) {
            home.close();
            throw e;
        }
    }

    /** What a run that was killed left behind. */
    private static void sweep(DebianTools tools) throws IOException, InterruptedException {
        for (String line :
                tools.run(List.of("ip", "netns", "list")).text().lines().toList()) {
            String left = line.split(" ", 2)[0];
            String[] parts = left.split("-");
            if (left.startsWith(PREFIX)
                    && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty()) {
                tools.run(List.of("ip", "netns", "delete", left));
            }
        }
    }

    private void wireUp() throws IOException, InterruptedException {
        ip("netns add " + cpe);
        ip("netns add " + router);
        ip("link add " + wire + "o type veth peer name " + wire + "r netns " + router);
        ip("address add " + outside + "1/30 dev " + wire + "o");
        ip("link set " + wire + "o up");
        ip("-n " + router + " address add " + outside + "2/30 dev " + wire + "r");
        ip("-n " + router + " link set " + wire + "r up");
        ip("-n " + router + " link add " + wire + "i type veth peer name " + wire + "c netns " + cpe);
        ip("-n " + router + " address add " + GATEWAY + "/24 dev " + wire + "i");
        ip("-n " + router + " link set " + wire + "i up");
        ip("-n " + cpe + " address add " + INSIDE + "/24 dev " + wire + "c");
        ip("-n " + cpe + " link set " + wire + "c up");
        ip("-n " + cpe + " link set lo up");
        ip("-n " + cpe + " route add default via " + GATEWAY);
        ip("netns exec " + router + " sh -c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        iptables("-t nat -A POSTROUTING -o " + wire + "r -j MASQUERADE");
        iptables("-A FORWARD -i " + wire + "r -m conntrack --ctstate NEW -j DROP");
    }

    private void ip(String arguments, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of(more));
        must(command);
    }

    private void iptables(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                router,
                tools.programs().resolve("xtables-nft-multi").toString(),
                "iptables"));
        command.addAll(List.of(arguments.split(" ")));
        must(command);
    }

    private void must(List<String> command) throws IOException, InterruptedException {
        Output done = tools.run(command);
        if (done.exit() != 0) {
            throw new IOException(String.join(" ", command) + ": " + done.text().strip());
        }
    }

    /** Our end of the wire: where servers can listen that the CPE is to reach. */
    public InetAddress here() {
        return InetAddress.ofLiteral(outside + "1");
    }

    /** What the home is seen as from outside. */
    public InetAddress outside() {
        return InetAddress.ofLiteral(outside + "2");
    }

    /** Starts a Java program of this class path inside; it ends when its standard input does. */
    public Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                cpe,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "cpe-behind-nat.txt").toFile())
                .start();
    }

    /** Ends what runs inside, and takes everything down; whatever of it is there. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (String namespace : List.of(cpe, router)) {
            try (Stream<String> processes =
                    tools.run(List.of("ip", "netns", "pids", namespace)).text().lines()) {
                processes
                        .filter(line -> line.strip().matches("\\d+"))
                        .forEach(line -> ProcessHandle.of(Long.parseLong(line.strip()))
                                .ifPresent(ProcessHandle::destroyForcibly));
            }
            Output deleted = tools.run(List.of("ip", "netns", "delete", namespace));
            if (deleted.exit() != 0) {
                LOG.warnf(
                        "the namespace %s stays: %s", namespace, deleted.text().strip());
            }
        }
        // the kernel deletes the other ends with their namespaces, sooner or later
        tools.run(List.of("ip", "link", "delete", wire + "o"));
    }
}
