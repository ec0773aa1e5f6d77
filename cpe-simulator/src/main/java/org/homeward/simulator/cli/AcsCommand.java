package org.homeward.simulator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.homeward.simulator.acs.ScriptedAcs.Login;
import org.homeward.simulator.acs.script.AcsScript;
import org.homeward.simulator.acs.script.CpeTest;
import org.homeward.simulator.acs.script.CpeTest.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sim acs}: the other side, an ACS that tests CPEs. */
@Command(
        name = "acs",
        sortOptions = false,
        usageHelpWidth = 110,
        synopsisHeading = "Usage: ./homeward ",
        description = "A scripted ACS that tests a CPE: prints what was said and judges.",
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:as expected", "1:not as expected", "2:wrong usage"})
final class AcsCommand implements Callable<Integer> {
    private final Screen screen;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this")
    boolean help;

    @Spec
    @Nullable
    CommandSpec spec;

    @Nullable
    @Option(
            names = "--script",
            paramLabel = "FILE",
            required = true,
            converter = Converters.ReadableFile.class,
            description = "what to ask and what to expect, YAML or JSON")
    Path script;

    @Option(
            names = "--port",
            paramLabel = "P",
            converter = Converters.Port.class,
            description = "where to listen; 0 takes a free port (7548)")
    int port = 7548;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            converter = Address.class,
            description = "of this machine, so that CPEs in the network reach it (127.0.0.1)")
    InetAddress bind = InetAddress.getLoopbackAddress();

    @Option(
            names = "--devices",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "how many devices have to come through the script (1)")
    int devices = 1;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "how long to wait for them (10m)")
    Duration duration = Duration.ofMinutes(10);

    @Option(
            names = "--login",
            paramLabel = "HOW",
            converter = LoginChoice.class,
            description = "open, basic, digest-md5 or digest-sha-256 (open)")
    Login login = Login.OPEN;

    @Option(names = "--username", paramLabel = "U", description = "that lets a device in")
    String username = "";

    @Option(names = "--password", paramLabel = "P", description = "that lets a device in")
    String password = "";

    AcsCommand(Screen screen) {
        this.screen = screen;
    }

    static final class Address implements picocli.CommandLine.ITypeConverter<InetAddress> {
        @Override
        public InetAddress convert(String text) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new TypeConversionException("an address of this machine is needed, not " + text);
            }
        }
    }

    static final class LoginChoice implements picocli.CommandLine.ITypeConverter<Login> {
        @Override
        public Login convert(String text) {
            return switch (text) {
                case "open" -> Login.OPEN;
                case "basic" -> Login.BASIC;
                case "digest-md5" -> Login.DIGEST_MD5;
                case "digest-sha-256" -> Login.DIGEST_SHA_256;
                default ->
                    throw new TypeConversionException(
                            "open, basic, digest-md5 or digest-sha-256 is needed, not " + text);
            };
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (login != Login.OPEN && username.isEmpty()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "set by picocli").commandLine(),
                    "--login needs --username and --password");
        }
        Map<String, String> passwords = login == Login.OPEN ? Map.of() : Map.of(username, password);
        InetSocketAddress address = new InetSocketAddress(bind, port);
        try (CpeTest test = CpeTest.start(address, login, passwords, script(), devices, screen.out()::println)) {
            screen.err().println("ACS at " + test.uri());
            test.await(duration);
            return judge(test.verdict());
        }
    }

    private AcsScript script() {
        try {
            return AcsScript.read(Objects.requireNonNull(script, "picocli wants it"));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "set by picocli").commandLine(),
                    "Invalid value for option '--script' (FILE): " + script + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("--script: cannot read " + script, e);
        }
    }

    private int judge(Verdict verdict) {
        verdict.unfinished().entrySet().stream()
                .limit(5)
                .forEach(e -> screen.out().println(e.getKey() + " is not through, waits for: " + e.getValue()));
        screen.out()
                .println("%d of %d devices through, %d without a flaw"
                        .formatted(verdict.through(), devices, verdict.flawless()));
        boolean asExpected = verdict.through() >= devices && verdict.flawless() == verdict.through();
        return asExpected ? Main.AS_EXPECTED : Main.NOT_AS_EXPECTED;
    }
}
