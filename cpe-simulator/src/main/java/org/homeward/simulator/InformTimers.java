package org.homeward.simulator;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import org.homeward.simulator.model.DeviceModel;
import org.jspecify.annotations.Nullable;

/** The clocks by which a CPE informs of its own accord: periodic Informs and heartbeats (TR-069 Annex O). */
final class InformTimers {
    private final SimulatedCpe cpe;
    private @Nullable Future<?> periodic;
    private @Nullable Future<?> heartbeat;

    InformTimers(SimulatedCpe cpe) {
        this.cpe = cpe;
    }

    /** Sets both as the data model says now. */
    void set() {
        // Asked before the lock is taken: a life that ends holds its own and wants this one.
        if (cpe.life().isClosed()) {
            return;
        }
        DeviceModel model = cpe.model();
        Instant now = cpe.options().clock().instant();
        synchronized (this) {
            cancel();
            PeriodicInform.next(model, now).ifPresent(wait -> periodic = cpe.after(wait, () -> due(CpeEvent.PERIODIC)));
            PeriodicInform.nextHeartbeat(model, now)
                    .ifPresent(wait -> heartbeat = cpe.after(wait, () -> due(CpeEvent.HEARTBEAT)));
        }
    }

    synchronized void cancel() {
        SimulatedCpe.cancel(periodic);
        SimulatedCpe.cancel(heartbeat);
        periodic = null;
        heartbeat = null;
    }

    private void due(String code) {
        set();
        cpe.happened(List.of(CpeEvent.of(code)));
    }
}
