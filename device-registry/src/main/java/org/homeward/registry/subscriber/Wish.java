package org.homeward.registry.subscriber;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A binding that somebody wants.
 *
 * @param move whether to take the device from whoever has it
 */
public record Wish(SubscriberId subscriber, Claim claim, boolean move) {

    /** What to do about it. */
    public sealed interface Answer {}

    /** There is such a binding. */
    public record Existing(Binding binding) implements Answer {}

    /** It can begin, when these have ended. */
    public record Begin(List<Binding> ending) implements Answer {}

    /** The device, or the claim, is somebody else's. */
    public record Taken(SubscriberId by) implements Answer {}

    /**
     * Decides.
     *
     * @param open the open binding of the same claim, if there is one
     * @param devices what fits the claim
     */
    public Answer answer(@Nullable Binding open, List<Owner> devices) {
        if (open != null && open.subscriber().equals(subscriber)) {
            return new Existing(open);
        }
        List<Binding> inTheWay = new ArrayList<>();
        if (open != null) {
            inTheWay.add(open);
        }
        // a circuit takes what nothing more specific holds, and leaves the rest
        if (claim.kind() != Claim.Kind.CIRCUIT) {
            for (Owner device : devices) {
                SubscriberId owner = device.subscriber();
                if (!move && owner != null && !owner.equals(subscriber)) {
                    return new Taken(owner);
                }
                inTheWay.addAll(device.claimedByOthers(subscriber));
            }
        }
        return !move && open != null
                ? new Taken(open.subscriber())
                : new Begin(move ? inTheWay.stream().distinct().toList() : List.of());
    }
}
