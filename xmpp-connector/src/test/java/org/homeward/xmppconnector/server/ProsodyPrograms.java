package org.homeward.xmppconnector.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Prosody as it is installed, or unpacked from its Debian packages below {@code target}, which needs no rights; where
 * neither is possible the test says so and is passed over.
 *
 * @param interpreter with which the program is run
 * @param environment what makes the interpreter find its libraries
 */
record ProsodyPrograms(Path interpreter, Path program, Map<String, String> environment) {

    private static final Path TOOLS = Path.of("target", "prosody").toAbsolutePath();
    private static final List<String> PACKAGES = List.of(
            "prosody",
            "lua5.4",
            "liblua5.4-0",
            "lua-bitop",
            "lua-expat",
            "lua-filesystem",
            "lua-sec",
            "lua-socket",
            "libexpat1",
            "libicu72",
            "libssl3");
    private static final long PATIENCE_SECONDS = 120;

    /** What a program printed, and how it ended. */
    private record Output(int exit, String text) {}

    static synchronized ProsodyPrograms find() throws IOException, InterruptedException {
        Path installed = Path.of("/usr/bin/prosody");
        Path interpreter = Path.of("/usr/bin/lua5.4");
        if (Files.isReadable(installed) && Files.isExecutable(interpreter)) {
            return new ProsodyPrograms(interpreter, installed, Map.of());
        }
        if (!Files.exists(TOOLS.resolve("prosody.lua"))) {
            unpack();
        }
        return unpacked();
    }

    private static void unpack() throws IOException, InterruptedException {
        Files.createDirectories(TOOLS);
        List<String> download = new ArrayList<>(List.of("apt-get", "download"));
        download.addAll(PACKAGES);
        Output downloaded = Files.isExecutable(Path.of("/usr/bin/apt-get"))
                ? run(download)
                : new Output(1, "this system has no apt-get");
        if (downloaded.exit() != 0) {
            throw notRun(downloaded.text());
        }
        try (Stream<Path> packages = Files.list(TOOLS)) {
            for (Path each :
                    packages.filter(file -> file.toString().endsWith(".deb")).toList()) {
                Output unpacked = run(List.of("dpkg-deb", "-x", each.toString(), TOOLS.toString()));
                if (unpacked.exit() != 0) {
                    throw notRun(unpacked.text());
                }
            }
        }
        // the program has its place written into it
        String program = Files.readString(TOOLS.resolve("usr/bin/prosody"));
        Files.writeString(
                TOOLS.resolve("prosody.lua"),
                program.replace("'/usr/lib/prosody", "'" + TOOLS.resolve("usr/lib/prosody")));
    }

    private static ProsodyPrograms unpacked() throws IOException {
        Path libraries;
        try (Stream<Path> below = Files.list(TOOLS.resolve("usr/lib"))) {
            libraries = below.filter(each -> each.getFileName().toString().endsWith("-linux-gnu"))
                    .findFirst()
                    .orElseThrow(() -> notRun("the packages hold no libraries"));
        }
        Path share = TOOLS.resolve("usr/share/lua/5.4");
        return new ProsodyPrograms(
                TOOLS.resolve("usr/bin/lua5.4"),
                TOOLS.resolve("prosody.lua"),
                Map.of(
                        "LUA_PATH", share + "/?.lua;" + share + "/?/init.lua;;",
                        "LUA_CPATH", libraries + "/lua/5.4/?.so;;",
                        "LD_LIBRARY_PATH", libraries.toString()));
    }

    private static TestAbortedException notRun(String why) {
        String message =
                "NOT RUN: the exchange with a real XMPP server needs the Debian package prosody, which could not"
                        + " be had (" + why.strip() + "). Install it: apt-get install prosody";
        System.err.println(message);
        return new TestAbortedException(message);
    }

    private static Output run(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("prosody", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(TOOLS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
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
