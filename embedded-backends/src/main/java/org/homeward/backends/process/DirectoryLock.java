package org.homeward.backends.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a data directory for one process at a time. The operating system lets go of it when the process
 * ends, however it ends, so whoever holds the lock knows that what is left over in there is nobody's.
 */
public final class DirectoryLock implements AutoCloseable {

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the directory, which is created if it is not there.
     *
     * @throws IllegalStateException if another process, or another part of this one, holds it
     */
    public static DirectoryLock take(Path directory) {
        var file = Directories.ensure(directory).resolve("in-use.lock");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel)) {
                return new DirectoryLock(directory, channel);
            }
            channel.close();
            throw new IllegalStateException(directory + " is in use by another running process");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another part of this JVM has it
        }
    }

    /** What was started for the directory, which only its holder may judge. */
    public LeftoverProcesses leftovers() {
        return new LeftoverProcesses(directory);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
