package org.homeward.standalone.drill;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.homeward.standalone.drill.account.Finding;
import org.homeward.standalone.drill.site.Site;

/** Events that were put aside instead of handled. An outage is no reason to put anything aside. */
final class PutAside {

    private final Site site;
    private final Map<String, Long> before;

    /** Remembers what lies there already. */
    PutAside(Site site) throws InterruptedException {
        this.site = site;
        try {
            before = counts();
        } catch (ExecutionException | TimeoutException | SQLException e) {
            throw new IllegalStateException("could not look for what was put aside", e);
        }
    }

    /** What came since. */
    List<Finding> findings() throws InterruptedException {
        try {
            return counts().entrySet().stream()
                    .filter(each -> each.getValue() > before.getOrDefault(each.getKey(), 0L))
                    .map(each -> new Finding(
                            Finding.Kind.LOST, each.getValue() + " events were put aside in " + each.getKey()))
                    .toList();
        } catch (ExecutionException | TimeoutException | SQLException e) {
            return List.of(new Finding(Finding.Kind.STUCK, "could not look for what was put aside: " + e));
        }
    }

    private Map<String, Long> counts() throws ExecutionException, TimeoutException, SQLException, InterruptedException {
        Map<String, Long> counts = new HashMap<>(deadLetters());
        for (String database : site.databases()) {
            counts.put("outbox_dead of " + database.replaceFirst("\\?.*", ""), deadInOutbox(database));
        }
        return counts;
    }

    private Map<String, Long> deadLetters() throws ExecutionException, TimeoutException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.kafka()))) {
            List<String> names = admin.listTopics().names().get(30, TimeUnit.SECONDS).stream()
                    .filter(name -> name.endsWith(".dead"))
                    .toList();
            Map<TopicPartition, OffsetSpec> asked =
                    admin.describeTopics(names).allTopicNames().get(30, TimeUnit.SECONDS).values().stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return admin.listOffsets(asked).all().get(30, TimeUnit.SECONDS).entrySet().stream()
                    .filter(each -> each.getValue().offset() > 0)
                    .collect(Collectors.toMap(
                            each -> each.getKey().topic(),
                            each -> each.getValue().offset(),
                            Long::sum));
        }
    }

    private static long deadInOutbox(String database) throws SQLException {
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from outbox_dead")) {
            return count.next() ? count.getLong(1) : 0;
        }
    }
}
