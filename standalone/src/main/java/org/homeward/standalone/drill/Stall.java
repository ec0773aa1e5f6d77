package org.homeward.standalone.drill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.homeward.standalone.drill.site.Services;

/**
 * Freezes one of two processes until the broker has given its consumers' partitions to the other, then lets it go on with
 * what it believes to be its own.
 */
final class Stall implements Harm {

    private static final String GROUP = "provisioning";

    @Override
    public String on(Stage stage) {
        Services frozen = stage.site().services().getLast();
        stage.underLoad(150, 15);
        int members = members(stage);
        stage.say("freezes " + frozen.name());
        frozen.freeze();
        stage.await("its partitions to move", Duration.ofMinutes(5), () -> members(stage) < members);
        stage.say("its partitions have moved");
        stage.underLoad(200, 20);
        stage.say("lets " + frozen.name() + " go on");
        frozen.thaw();
        stage.await("it to take part again", Duration.ofMinutes(5), () -> members(stage) == members);
        stage.underLoad(150, 15);
        return "frozen until its partitions had moved, then thawed";
    }

    /** Those that own something. */
    private static int members(Stage stage) {
        try (Admin admin = Admin.create(Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stage.site().kafka()))) {
            return (int) admin.describeConsumerGroups(List.of(GROUP)).all().get(30, TimeUnit.SECONDS).values().stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker does not tell who is in the group", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
