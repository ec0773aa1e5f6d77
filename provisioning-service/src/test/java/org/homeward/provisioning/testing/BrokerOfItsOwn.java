package org.homeward.provisioning.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.homeward.backends.kafka.EmbeddedKafka;

/** A broker that one test class may stop. The switches are of a type that all class loaders share. */
public final class BrokerOfItsOwn implements QuarkusTestResourceLifecycleManager {

    private final EmbeddedKafka broker = EmbeddedKafka.temporary();

    @Override
    public Map<String, String> start() {
        broker.start();
        return Map.of("homeward.kafka.bootstrap-servers", broker.bootstrapServers());
    }

    @Override
    public void inject(TestInjector injector) {
        Map<String, Runnable> switches = Map.of("stop", broker::stop, "start", broker::start);
        injector.injectIntoFields(
                switches,
                new TestInjector.MatchesType(Map.class)
                        .and(field -> field.getName().equals("broker")));
    }

    @Override
    public void stop() {
        broker.close();
    }
}
