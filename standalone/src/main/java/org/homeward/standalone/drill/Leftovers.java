package org.homeward.standalone.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.homeward.backends.postgres.EmbeddedPostgresServer;
import org.homeward.backends.process.Directories;
import org.homeward.backends.process.Ports;
import org.homeward.standalone.drill.account.Finding;
import org.homeward.standalone.drill.site.Site;

/** Processes and ports that should be nobody's any more. */
final class Leftovers {

    private Leftovers() {}

    /** Ends and deletes what an earlier run of drills has left, should it have been killed. */
    static void clear(Path data, List<Path> postgres) throws IOException, InterruptedException {
        for (Path directory : postgres) {
            if (Files.exists(directory)) {
                EmbeddedPostgresServer.at(directory, 0).reclaim(); // the others have ended with who started them
            }
        }
        Path disk = data.resolve("backends");
        if (Files.exists(disk) && !Files.getFileStore(disk).equals(Files.getFileStore(data))) {
            FullDisk.unmount(disk);
        }
        Directories.delete(data);
        Directories.ensure(data);
    }

    /** Processes of before a kill must not run beside those of the next start. */
    static void requireGone(Stage stage, List<ProcessHandle> before) {
        before.stream()
                .filter(ProcessHandle::isAlive)
                .forEach(process -> stage.found(Finding.Kind.LEFT_OVER, name(process)));
    }

    /** Once a system has been stopped, nothing of it runs and all its ports are free. */
    static List<Finding> after(Site stopped) {
        List<Finding> findings = new ArrayList<>();
        stopped.processes().forEach(process -> findings.add(new Finding(Finding.Kind.LEFT_OVER, name(process))));
        stopped.ports().stream()
                .filter(port -> !Ports.isFree(port))
                .forEach(port -> findings.add(new Finding(Finding.Kind.LEFT_OVER, "port " + port + " is taken")));
        return findings;
    }

    private static String name(ProcessHandle process) {
        return "process " + process.pid() + ": " + process.info().command().orElse("no longer known");
    }
}
