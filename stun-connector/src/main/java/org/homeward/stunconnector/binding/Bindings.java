package org.homeward.stunconnector.binding;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.homeward.contracts.DeviceKey;
import org.jspecify.annotations.Nullable;

/**
 * The bindings that devices keep open to this server. Time is a counter of nanoseconds that never goes back, whatever
 * becomes of the clock on the wall. Safe for use by several threads.
 */
public final class Bindings {

    private final ConcurrentMap<String, Binding> byDevice = new ConcurrentHashMap<>();
    private final BindingTimes times;
    private final LongSupplier nanos;
    private final long start;
    private volatile @Nullable BindingNews news;

    /** @param nanos {@link System#nanoTime}, or what stands for it */
    public Bindings(BindingTimes times, LongSupplier nanos) {
        this.times = times;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Tells of changes from now on, and of everything that is known already. */
    public void tell(BindingNews listener) {
        news = listener;
        tellAll();
    }

    /** Tells of every binding once more: something that all of them have in common changed. */
    public void tellAll() {
        int now = now();
        byDevice.forEach((device, binding) -> {
            synchronized (binding) {
                binding.untold();
                tellIfDue(device, binding, false, now);
            }
        });
    }

    public int size() {
        return byDevice.size();
    }

    /** How many are alive. */
    public long alive() {
        return byDevice.values().stream().filter(binding -> !binding.isLapsed()).count();
    }

    /** What it sends us came from there. */
    public void heard(DeviceKey device, InetSocketAddress address) {
        int now = now();
        String key = device.toString();
        Binding binding = byDevice.get(key);
        if (binding == null) {
            Binding fresh = new Binding(address, now);
            binding = byDevice.putIfAbsent(key, fresh);
            if (binding == null) {
                binding = fresh;
            }
        }
        synchronized (binding) {
            tellIfDue(key, binding, binding.heard(address, now), now);
        }
    }

    /**
     * Takes a binding over that this instance told of before it was restarted: the NAT knows nothing of the restart.
     * What was heard since is newer.
     */
    public void restore(DeviceKey device, InetSocketAddress address, Duration since, boolean lapsed, Duration silent) {
        int now = now();
        Binding old = new Binding(address, now);
        // It was told of rarely, so a living one counts as heard of now: it lapses if no keep-alive comes.
        old.restore(now - (int) since.toSeconds(), lapsed, lapsed ? now - (int) silent.toSeconds() : now);
        old.takeTurnToTell(true, now, 0);
        byDevice.putIfAbsent(device.toString(), old);
    }

    /** Another instance has heard of the device {@code silent} ago; what is older here is void. */
    public void heldElsewhere(DeviceKey device, Duration silent) {
        int now = now();
        byDevice.computeIfPresent(device.toString(), (key, binding) -> {
            synchronized (binding) {
                return binding.silentFor(now) > silent.toSeconds() ? null : binding;
            }
        });
    }

    public Whereabouts of(DeviceKey device) {
        Binding binding = byDevice.get(device.toString());
        if (binding == null) {
            return new Whereabouts.Unheard();
        }
        synchronized (binding) {
            Duration silent = Duration.ofSeconds(binding.silentFor(now()));
            return silent.compareTo(times.lifetime()) > 0 || binding.isLapsed()
                    ? new Whereabouts.Lapsed(binding.address(), atLeastZero(silent.minus(times.lifetime())))
                    : new Whereabouts.Bound(binding.address(), silent);
        }
    }

    /**
     * Looks for bindings whose keep-alives stay away, and tells what could not be told before. To be called every few
     * seconds.
     */
    public void sweep() {
        int now = now();
        boolean listening = true;
        for (Map.Entry<String, Binding> each : byDevice.entrySet()) {
            Binding binding = each.getValue();
            synchronized (binding) {
                int silent = binding.silentFor(now);
                if (silent > times.memory().toSeconds()) {
                    forget(each.getKey(), binding);
                    continue;
                }
                if (silent > times.lifetime().toSeconds() && !binding.isLapsed()) {
                    binding.lapse();
                    binding.untold();
                }
                // Who refuses one refuses the next: a million refusals would take seconds.
                if (listening && !binding.isTold()) {
                    listening = tellIfDue(each.getKey(), binding, false, now);
                }
            }
        }
    }

    private void forget(String device, Binding binding) {
        byDevice.remove(device, binding);
        BindingNews listener = news;
        if (listener != null) {
            listener.forgotten(DeviceKey.parse(device));
        }
    }

    /** False when it is refused at once. */
    private boolean tellIfDue(String device, Binding binding, boolean isNews, int now) {
        BindingNews listener = news;
        if (listener == null
                || !binding.takeTurnToTell(isNews, now, (int) times.refresh().toSeconds())) {
            return true;
        }
        CompletableFuture<@Nullable Void> told = listener.changed(
                        DeviceKey.parse(device),
                        new BindingNews.State(
                                Authority.of(binding.address()),
                                Duration.ofSeconds(binding.boundFor(now)),
                                Duration.ofSeconds(binding.silentFor(now)),
                                binding.isLapsed()))
                .toCompletableFuture();
        told.whenComplete((nothing, failure) -> {
            if (failure != null) {
                synchronized (binding) {
                    binding.untold(); // the next keep-alive or sweep tells
                }
            }
        });
        return !told.isCompletedExceptionally();
    }

    private int now() {
        return (int) ((nanos.getAsLong() - start) / 1_000_000_000L);
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
