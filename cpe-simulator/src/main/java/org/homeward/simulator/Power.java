package org.homeward.simulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a CPE runs, and what becomes of it when it restarts. Guarded by its CPE.
 *
 * <pre>
 * ON -- down --> BOOTING -- boot time --> ON
 * ON or BOOTING -- off --> OFF -- on --> BOOTING
 * ON -- brick --> BRICKED, for ever
 * </pre>
 */
final class Power {
    private enum State {
        ON,
        BOOTING,
        OFF,
        BRICKED
    }

    /**
     * A restart.
     *
     * @param events what it tells when it is back, besides {@code 1 BOOT}
     * @param meanwhile what changes while it is away
     * @param loops how often it boots in vain before
     */
    record Restart(List<CpeEvent> events, Runnable meanwhile, int loops) {
        static Restart plain() {
            return new Restart(List.of(), () -> {}, 0);
        }

        Restart onceLess() {
            return new Restart(events, meanwhile, loops - 1);
        }
    }

    private final SimulatedCpe cpe;
    private final Consumer<Restart> boot;
    private State state = State.ON;
    private volatile long bootedAt = System.nanoTime();
    private @Nullable Restart wanted;
    private @Nullable Future<?> booting;

    /** @param boot what happens at the end of a boot */
    Power(SimulatedCpe cpe, Consumer<Restart> boot) {
        this.cpe = cpe;
        this.boot = boot;
    }

    boolean isOn() {
        return state == State.ON;
    }

    boolean isBricked() {
        return state == State.BRICKED;
    }

    Duration uptime() {
        return cpe.options().pace().passing(Duration.ofNanos(System.nanoTime() - bootedAt));
    }

    /** Restarts once the running session is over. */
    void wantRestart(Restart restart) {
        wanted = restart;
    }

    @Nullable
    Restart takeWanted() {
        Restart taken = wanted;
        wanted = null;
        return taken;
    }

    /** Goes away for as long as a boot takes. */
    void down(Restart why) {
        if (state == State.BRICKED || state == State.OFF) {
            return;
        }
        state = State.BOOTING;
        SimulatedCpe.cancel(booting);
        booting = cpe.after(cpe.options().bootTime(), () -> boot.accept(why));
    }

    void off() {
        if (state != State.BRICKED) {
            SimulatedCpe.cancel(booting);
            wanted = null;
            state = State.OFF;
        }
    }

    void on() {
        if (state == State.OFF) {
            state = State.BOOTING;
            booting = cpe.after(cpe.options().bootTime(), () -> boot.accept(Restart.plain()));
        }
    }

    void brick() {
        SimulatedCpe.cancel(booting);
        state = State.BRICKED;
    }

    /** The boot is over; false when the device was switched off in the middle of it. */
    boolean booted() {
        if (state != State.BOOTING) {
            return false;
        }
        state = State.ON;
        bootedAt = System.nanoTime();
        return true;
    }
}
