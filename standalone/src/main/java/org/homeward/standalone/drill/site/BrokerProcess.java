package org.homeward.standalone.drill.site;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.homeward.backends.kafka.EmbeddedKafka;
import org.homeward.backends.process.ChildJvm;
import org.homeward.backends.process.ChildServer;

/**
 * The broker alone in a process, so that it can be killed without anything else. Its arguments are directory and port; it
 * says {@code ready} on standard output once it takes requests.
 */
public final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.at(Path.of(arguments[0]), Integer.parseInt(arguments[1]))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::stop));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    /** Starts one and returns when it is ready. */
    static void start(ChildServer server, Path directory, int port) {
        server.start(
                () -> new ChildJvm.Launch(
                                directory,
                                List.of(
                                        "-Xmx320m",
                                        "-XX:+UseSerialGC",
                                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"),
                                Arrays.stream(System.getProperty("java.class.path")
                                                .split(java.io.File.pathSeparator))
                                        .map(Path::of)
                                        .toList(),
                                BrokerProcess.class.getName(),
                                List.of(directory.toString(), String.valueOf(port)),
                                Map.of(),
                                directory.resolve("broker.log"))
                        .start(),
                BrokerProcess::awaitReady);
    }

    private static void awaitReady(ChildJvm child) {
        while (!child.firstLine().equals("ready")) {
            continue; // what the logger says before
        }
    }
}
