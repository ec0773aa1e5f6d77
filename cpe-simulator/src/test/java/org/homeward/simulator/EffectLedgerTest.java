package org.homeward.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeward.simulator.Sessions.success;

import java.util.Map;
import org.homeward.simulator.EffectLedger.Repeated;
import org.homeward.simulator.acs.Rpcs;
import org.homeward.simulator.acs.ScriptedAcs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EffectLedgerTest {
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String TABLE = "Device.NAT.PortMapping.";
    private final ScriptedAcs acs = ScriptedAcs.start();
    private final EffectLedger ledger = new EffectLedger();
    private final SimulatedCpe cpe = SimulatedCpe.builder(acs.uri())
            .bootstrapped()
            .retryScale(0)
            .onEffect(ledger)
            .build();

    @AfterEach
    void close() {
        cpe.close();
        acs.close();
    }

    private SessionReport ask(String... rpcs) {
        acs.ask(rpcs);
        return success(cpe.informNow("2 PERIODIC"));
    }

    @Test
    void keepsWhatShowsInOrder() {
        ask(
                Rpcs.setParameterValues(Map.of(SSID, "one"), "key-1"),
                Rpcs.setParameterValues(Map.of(SSID, "two"), "key-2"),
                Rpcs.addObject(TABLE),
                Rpcs.deleteObject(TABLE + "2."),
                Rpcs.setNotification(SSID, 2),
                Rpcs.scheduleInform(3600, "later"),
                Rpcs.getParameterValues(SSID));

        assertThat(ledger.written(cpe.identity(), SSID)).containsExactly("one", "two");
        assertThat(ledger.of(cpe.identity()))
                .contains(
                        new Effect.Added(TABLE, 2, ""),
                        new Effect.Deleted(TABLE + "2.", ""),
                        new Effect.AttributesSet(SSID, 2),
                        new Effect.InformScheduled("later"))
                .hasSize(6);
        assertThat(ledger.count(e -> e instanceof Effect.Written)).isEqualTo(2);
    }

    @Test
    void knowsNothingOfWhatWasRefused() {
        ask(
                Rpcs.setParameterValues(Map.of("Device.Nowhere", "x"), "key"),
                Rpcs.addObject("Device.Nowhere."),
                Rpcs.download("a", "3 Vendor Configuration File", "tftp://127.0.0.1/file"));

        assertThat(ledger.of(cpe.identity())).isEmpty();
    }

    @Test
    void findsACommandThatWasCarriedOutTwice() {
        ask(Rpcs.reboot("r-1"));
        String add = Rpcs.arguments("AddObject", "ObjectName", TABLE, "ParameterKey", "a-1");
        ask(add, add, Rpcs.addObject(TABLE), Rpcs.addObject(TABLE), Rpcs.reboot("r-2"));

        assertThat(ledger.repeated())
                .containsExactly(new Repeated(cpe.identity(), new Effect.Added(TABLE, 0, "a-1"), 2));
    }
}
