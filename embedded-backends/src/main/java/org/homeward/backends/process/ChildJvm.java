package org.homeward.backends.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java process of ours beside this one. It ends when this JVM ends, however that happens (see
 * {@link DiesWithParent}), and it is deaf to Ctrl-C, which a terminal sends to the whole process group,
 * so that the parent can stop things in order.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /**
     * What to start.
     *
     * @param directory where the child works and where the class it needs from us is put
     * @param jvmOptions such as {@code -Xmx64m}
     * @param classPath jars and folders of the child, without any of ours
     * @param mainClass the child's real main class
     * @param log what it says on standard error; standard output too if nobody reads it
     */
    public record Launch(
            Path directory,
            List<String> jvmOptions,
            List<Path> classPath,
            String mainClass,
            List<String> arguments,
            Map<String, String> environment,
            Path log) {

        /** Starts the child; its standard output is read by {@link ChildJvm#firstLine()}. */
        public ChildJvm start() {
            return start(ProcessBuilder.Redirect.PIPE);
        }

        /** Starts the child with standard output going to the log, too. */
        public ChildJvm startLogging() {
            return start(ProcessBuilder.Redirect.appendTo(log.toFile()));
        }

        private ChildJvm start(ProcessBuilder.Redirect output) {
            var builder = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectOutput(output)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            try {
                return new ChildJvm(builder.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private List<String> command() {
            // An ignored signal stays ignored across exec, and the JVM respects that.
            var command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\"", java()));
            command.addAll(jvmOptions);
            command.add("-cp");
            command.add(Stream.concat(Stream.of(entryPoint()), classPath.stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)));
            command.add(DiesWithParent.class.getName());
            command.add(mainClass);
            command.addAll(arguments);
            return command;
        }

        private Path entryPoint() {
            var classes = directory.resolve("classes");
            copyClass(DiesWithParent.class, classes);
            return classes;
        }

        private static String java() {
            return Path.of(System.getProperty("java.home"), "bin", "java").toString();
        }
    }

    /** Copies a class file of ours below a folder that a child's class path names. */
    public static void copyClass(Class<?> type, Path folder) {
        copyClass(type.getName(), folder);
    }

    /** The same for a class that only the child can load, by its binary name. */
    public static void copyClass(String type, Path folder) {
        var name = type.replace('.', '/') + ".class";
        var target = folder.resolve(name);
        try (var bytes = ChildJvm.class.getResourceAsStream("/" + name)) {
            if (bytes == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            Files.createDirectories(target.getParent());
            Files.write(target, bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the child's first line on standard output.
     *
     * @throws IllegalStateException if it ends without one
     */
    public String firstLine() {
        try {
            // Not closed: closing would break the child's standard output.
            var line = new BufferedReader(
                            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new IllegalStateException("ended before it was ready, exit code " + process.waitFor());
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Exit code of a child that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Ends the child in order within twenty seconds, then by force. */
    public void stop() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
