package org.homeward.registry.subscriber;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.jspecify.annotations.Nullable;

/**
 * Whose device a device is, and which open bindings fit it.
 *
 * @param subscriber null for nobody's
 * @param boundBy the binding by which; null for nobody's
 */
public record Owner(
        DeviceKey device,
        @Nullable SubscriberId subscriber,
        @Nullable String boundBy,
        List<Binding> fitting) {

    private static final Comparator<Binding> BY_AGE =
            Comparator.comparing(Binding::createdAt).thenComparing(Binding::id);

    public Owner {
        fitting = List.copyOf(fitting);
    }

    /**
     * The binding that counts: the most specific; of several MAC addresses one of the present owner, else the oldest. A
     * device does not change hands because two people claim it in the same way.
     */
    public Optional<Binding> winner() {
        return fitting.stream()
                .min(Comparator.comparing((Binding each) -> each.claim().kind())
                        .thenComparing(each -> !each.subscriber().equals(subscriber))
                        .thenComparing(BY_AGE));
    }

    /** Bindings of others that say of this very device that it is theirs; a circuit only says so of a line. */
    public List<Binding> claimedByOthers(SubscriberId wanted) {
        return fitting.stream()
                .filter(each ->
                        !each.subscriber().equals(wanted) && each.claim().kind() != Claim.Kind.CIRCUIT)
                .toList();
    }
}
