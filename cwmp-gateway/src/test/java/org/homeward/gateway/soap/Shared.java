package org.homeward.gateway.soap;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Recorded and published material beside the project, where it is. */
final class Shared {

    private Shared() {}

    /** A folder of the material; where it is missing the test does not run and says so. */
    static Path folder(String name) {
        Path folder = Path.of(System.getProperty("homeward.shared", "../../shared"), name);
        if (!Files.isDirectory(folder)) {
            String message = "NOT RUN: no " + folder.toAbsolutePath().normalize() + " (set -Dhomeward.shared)";
            System.out.println(message);
            return abort(message);
        }
        return folder;
    }

    static List<Path> files(String name) {
        try (Stream<Path> files = Files.list(folder(name))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
