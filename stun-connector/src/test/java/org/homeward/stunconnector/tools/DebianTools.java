package org.homeward.stunconnector.tools;

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
 * Programs of Debian that a test needs. Where they are not installed their packages are unpacked below {@code target},
 * which needs no rights and starts nothing; where that is not possible the test says so and is passed over.
 *
 * @param programs the directory that they are in
 */
public record DebianTools(Path programs, Path unpacked) {

    private static final long PATIENCE_SECONDS = 120;

    /** What a program printed, and how it ended. */
    public record Output(int exit, String text) {}

    /**
     * Finds them or gets them.
     *
     * @param name of the directory below {@code target}
     * @param places where they are installed, if they are, relative to the root
     * @param program one of them
     */
    public static DebianTools of(String name, List<String> places, String program, List<String> packages)
            throws IOException, InterruptedException {
        Path unpacked = Path.of("target", name).toAbsolutePath();
        for (Path root : List.of(Path.of("/"), unpacked)) {
            for (String place : places) {
                if (Files.isExecutable(root.resolve(place).resolve(program))) {
                    return new DebianTools(root.resolve(place), unpacked);
                }
            }
        }
        Files.createDirectories(unpacked);
        List<String> download = new ArrayList<>(List.of("apt-get", "download"));
        download.addAll(packages);
        Output downloaded = Files.isExecutable(Path.of("/usr/bin/apt-get"))
                ? run(unpacked, unpacked, download)
                : new Output(1, "this system has no apt-get");
        if (downloaded.exit() != 0) {
            throw notRun(packages.getFirst(), downloaded.text());
        }
        try (Stream<Path> files = Files.list(unpacked)) {
            for (Path each :
                    files.filter(file -> file.toString().endsWith(".deb")).toList()) {
                Output done = run(unpacked, unpacked, List.of("dpkg-deb", "-x", each.toString(), unpacked.toString()));
                if (done.exit() != 0) {
                    throw notRun(packages.getFirst(), done.text());
                }
            }
        }
        return new DebianTools(unpacked.resolve(places.getFirst()), unpacked);
    }

    private static TestAbortedException notRun(String wanted, String why) {
        return notRun("needs the Debian package " + wanted + ", which could not be had (" + why.strip()
                + "). Install it: apt-get install " + wanted);
    }

    /** Says, for everybody to see, that a test can't run here. @param what it needs, and what to do */
    public static TestAbortedException notRun(String what) {
        String message = "NOT RUN: this test " + what;
        System.err.println(message);
        return new TestAbortedException(message);
    }

    /** Runs one of them. */
    public Output run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs anything, with the libraries that they need. */
    public Output run(List<String> command) throws IOException, InterruptedException {
        return run(Path.of("target"), unpacked, command);
    }

    private static Output run(Path directory, Path unpacked, List<String> command)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile("tool", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        Path libraries = unpacked.resolve("usr/lib/x86_64-linux-gnu");
        if (Files.isDirectory(libraries)) {
            builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
            builder.environment()
                    .put("XTABLES_LIBDIR", libraries.resolve("xtables").toString());
        }
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
