package org.homeward.stunconnector.server.udp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The clients of coturn, somebody else's STUN. Where they are not installed their Debian packages are unpacked below
 * {@code target}, which needs no rights and starts nothing; where that is not possible the test says so and is passed
 * over.
 */
final class Coturn {

    private static final Path TOOLS = Path.of("target", "coturn").toAbsolutePath();
    private static final List<String> PACKAGES = List.of(
            "coturn",
            "libevent-core-2.1-7",
            "libevent-extra-2.1-7",
            "libevent-openssl-2.1-7",
            "libevent-pthreads-2.1-7");
    private static final long PATIENCE_SECONDS = 120;

    /** What a program printed, and how it ended. */
    record Output(int exit, String text) {}

    private final Path programs;

    private Coturn(Path programs) {
        this.programs = programs;
    }

    static Coturn installed() throws IOException, InterruptedException {
        for (Path place : List.of(Path.of("/usr/bin"), TOOLS.resolve("usr/bin"))) {
            if (Files.isExecutable(place.resolve("turnutils_stunclient"))) {
                return new Coturn(place);
            }
        }
        Files.createDirectories(TOOLS);
        List<String> download = new ArrayList<>(List.of("apt-get", "download"));
        download.addAll(PACKAGES);
        Output downloaded = Files.isExecutable(Path.of("/usr/bin/apt-get"))
                ? run(TOOLS, download)
                : new Output(1, "this system has no apt-get");
        if (downloaded.exit() != 0) {
            throw notRun(downloaded.text());
        }
        try (Stream<Path> packages = Files.list(TOOLS)) {
            for (Path each :
                    packages.filter(file -> file.toString().endsWith(".deb")).toList()) {
                Output unpacked = run(TOOLS, List.of("dpkg-deb", "-x", each.toString(), TOOLS.toString()));
                if (unpacked.exit() != 0) {
                    throw notRun(unpacked.text());
                }
            }
        }
        return new Coturn(TOOLS.resolve("usr/bin"));
    }

    private static TestAbortedException notRun(String why) {
        String message =
                "NOT RUN: the exchange with coturn's clients needs the Debian package coturn, which could not be"
                        + " had (" + why.strip() + "). Install it: apt-get install coturn";
        System.err.println(message);
        return new TestAbortedException(message);
    }

    Output run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return run(Path.of("target"), command);
    }

    private static Output run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("coturn", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment()
                .put(
                        "LD_LIBRARY_PATH",
                        TOOLS.resolve("usr/lib/x86_64-linux-gnu").toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return new Output(-1, "no end within " + PATIENCE_SECONDS + " s");
            }
            return new Output(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
        } finally {
            Files.delete(printed);
        }
    }
}
