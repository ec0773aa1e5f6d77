package org.homeward.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Keeps every visible effect of any number of CPEs, for accounting: was each order carried out, and none twice? Give it
 * to {@link CpeBuilder#onEffect}; it grows with what happens, so fleets go without unless somebody counts.
 */
public final class EffectLedger implements BiConsumer<CpeIdentity, Effect> {

    /** An effect that a CPE saw more than once although its key says that it was one command. */
    public record Repeated(CpeIdentity cpe, Effect effect, int times) {}

    private final Map<CpeIdentity, List<Effect>> effects = new ConcurrentHashMap<>();

    @Override
    public void accept(CpeIdentity cpe, Effect effect) {
        effects.compute(cpe, (who, before) -> {
            List<Effect> all = before == null ? new ArrayList<>(4) : before;
            all.add(effect);
            return all;
        });
    }

    /** What happened to one CPE, in order. */
    public List<Effect> of(CpeIdentity cpe) {
        List<Effect> copy = new ArrayList<>();
        effects.computeIfPresent(cpe, (who, all) -> {
            copy.addAll(all);
            return all;
        });
        return copy;
    }

    /** The effects of one kind on one CPE, in order. */
    public <T extends Effect> List<T> of(CpeIdentity cpe, Class<T> kind) {
        return of(cpe).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The values that were written to one parameter, in order. */
    public List<String> written(CpeIdentity cpe, String path) {
        return of(cpe, Effect.Written.class).stream()
                .filter(w -> w.path().equals(path))
                .map(Effect.Written::value)
                .toList();
    }

    /** How many effects there were in all. */
    public long count(Predicate<Effect> which) {
        return effects.keySet().stream()
                .mapToLong(cpe -> of(cpe).stream().filter(which).count())
                .sum();
    }

    /**
     * Every effect that came twice under one key: reboots, transfers, scheduled informs and deployment units by their
     * CommandKey, new and deleted instances by their ParameterKey. Those without a key are not judged, and neither are
     * writes: a value written again changes nothing.
     */
    public List<Repeated> repeated() {
        List<Repeated> all = new ArrayList<>();
        for (CpeIdentity cpe : effects.keySet()) {
            Map<Effect, Integer> times = new LinkedHashMap<>();
            for (Effect effect : of(cpe)) {
                Effect command = command(effect);
                if (command != null) {
                    times.merge(command, 1, Integer::sum);
                }
            }
            times.forEach((effect, count) -> {
                if (count > 1) {
                    all.add(new Repeated(cpe, effect, count));
                }
            });
        }
        return all;
    }

    /** The effect without what differs from one execution to the next; null when it cannot be told apart. */
    private static @org.jspecify.annotations.Nullable Effect command(Effect effect) {
        return switch (effect) {
            case Effect.Added added ->
                added.parameterKey().isEmpty() ? null : new Effect.Added(added.table(), 0, added.parameterKey());
            case Effect.Deleted deleted -> deleted.parameterKey().isEmpty() ? null : deleted;
            case Effect.RebootAsked reboot -> reboot.commandKey().isEmpty() ? null : reboot;
            case Effect.DownloadAsked download -> download.commandKey().isEmpty() ? null : download;
            case Effect.UploadAsked upload -> upload.commandKey().isEmpty() ? null : upload;
            case Effect.InformScheduled inform -> inform.commandKey().isEmpty() ? null : inform;
            case Effect.DeploymentUnitsChanged change -> change.commandKey().isEmpty() ? null : change;
            case Effect.Written w -> null;
            case Effect.AttributesSet a -> null;
            case Effect.FactoryResetAsked f -> null;
            case Effect.TransferCancelled c -> null;
        };
    }
}
