package org.homeward.standalone.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.homeward.standalone.drill.site.Target;

/** Fills the small disk that broker and databases have, and makes room again. */
final class FullDisk implements Harm {

    private final Path disk;

    FullDisk(Path disk) {
        this.disk = disk;
    }

    /**
     * Mounts a small disk in memory.
     *
     * @return why that cannot be done; empty if it was
     */
    static Optional<String> mount(Path disk, int megabytes) throws IOException, InterruptedException {
        Process mount = new ProcessBuilder(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "mode=0755,size=" + megabytes + "m",
                        "homeward-drill",
                        disk.toString())
                .redirectErrorStream(true)
                .start();
        String said =
                new String(mount.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        return mount.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    }

    static void unmount(Path disk) throws IOException, InterruptedException {
        new ProcessBuilder("umount", "-l", disk.toString()).inheritIO().start().waitFor();
    }

    @Override
    public String on(Stage stage) throws IOException {
        stage.underLoad(150, 15);
        Path ballast = disk.resolve("ballast");
        stage.say("fills the disk");
        fill(ballast);
        stage.underLoad(300, 30);
        String gone = stage.site().targets().stream()
                .filter(target -> !target.isRunning())
                .map(Target::name)
                .toList()
                .toString();
        stage.say("makes room again; ended meanwhile: " + gone);
        Files.delete(ballast);
        stage.restore();
        stage.awaitService();
        stage.underLoad(150, 15);
        return "full for 300 CPE requests, ended of it: " + gone;
    }

    /** Until nothing more can be written. */
    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (!Files.exists(ballast)) {
                throw e; // something else than no space
            }
        }
    }
}
