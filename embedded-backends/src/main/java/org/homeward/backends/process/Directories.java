package org.homeward.backends.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/** Directories that embedded parts keep their data in. */
public final class Directories {

    private Directories() {}

    /** Creates the directory if it is not there. */
    public static Path ensure(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new directory that whoever asked for it deletes again. */
    public static Path temporary(String name) {
        try {
            return Files.createTempDirectory("homeward-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory with all that is in it; what vanishes meanwhile is fine. */
    public static void delete(Path directory) {
        try (var tree = Files.walk(directory)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return; // gone already
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
