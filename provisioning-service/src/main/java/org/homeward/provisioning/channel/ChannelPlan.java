package org.homeward.provisioning.channel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.order.OrderTask;
import org.jspecify.annotations.Nullable;

/**
 * A selection of devices for which channels are sought.
 *
 * <pre>
 *   SCANNING --all were heard, or the deadline came--> PROPOSED --apply--> APPLYING --> DONE
 *       |                                                                     ^
 *       +---------------------- apply was asked for at once ------------------+
 * </pre>
 *
 * @param apply whether what is chosen is set without asking again
 * @param country by whose rules, whatever the devices say; null for what each says of itself
 * @param bands that are meant; all where empty
 * @param deadline of what goes on now: the scans, or the changes
 */
public record ChannelPlan(
        String id,
        TenantId tenant,
        State state,
        boolean apply,
        @Nullable String country,
        List<Band> bands,
        String createdBy,
        Instant createdAt,
        Instant deadline,
        @Nullable Instant finishedAt) {

    public ChannelPlan {
        bands = List.copyOf(bands);
    }

    public enum State {
        SCANNING,
        PROPOSED,
        APPLYING,
        DONE;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State named(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** How far one device has come. */
    public enum ItemState {
        /** For its turn to be scanned. */
        WAITING,
        SCANNING,
        /** For the others. */
        SCANNED,
        /** A better channel is known. */
        PROPOSED,
        APPLYING,
        /** It is on the better channel, and said so. */
        APPLIED,
        /** It is where it should be. */
        UNCHANGED,
        CANNOT;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static ItemState named(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A device of a plan.
     *
     * @param place among the plan's devices
     * @param survey how it is asked; null where it can't be
     * @param order the last one that was placed for it; null for none yet
     * @param choices a line for each band; none as long as nothing was chosen
     * @param why it can't be, or what became of it; empty where there is nothing to say
     */
    public record Item(
            int place,
            DeviceId device,
            ItemState state,
            OrderTask.@Nullable Survey survey,
            @Nullable String order,
            List<Choice> choices,
            String why) {
        public Item {
            choices = List.copyOf(choices);
        }

        public Item with(ItemState next, List<Choice> chosen, String words) {
            return new Item(place, device, next, survey, order, chosen, words);
        }
    }

    public ChannelPlan with(State next, Instant until, @Nullable Instant finished) {
        return new ChannelPlan(id, tenant, next, apply, country, bands, createdBy, createdAt, until, finished);
    }
}
