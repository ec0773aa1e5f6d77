package org.homeward.provisioning.channel.rest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.homeward.provisioning.channel.Band;
import org.homeward.provisioning.channel.ChannelPlan;
import org.homeward.provisioning.channel.ChannelPlan.Item;
import org.homeward.provisioning.channel.ChannelPlan.ItemState;
import org.homeward.provisioning.channel.ChannelPlan.State;
import org.homeward.provisioning.channel.Choice;
import org.jspecify.annotations.Nullable;

/** What goes in and out about channel plans. */
final class ChannelPlanBodies {

    static final String REQUEST = "{\"q\":\"tags==station-road\",\"apply\":false,\"bands\":[\"2.4GHz\"],"
            + "\"country\":\"DE\",\"expiresIn\":\"PT2H\"}";
    static final String VIEW =
            "{\"id\":\"20261121101500000-7d0f3a\",\"state\":\"proposed\",\"apply\":false,\"country\":\"DE\","
                    + "\"bands\":[\"2.4GHz\"],\"createdBy\":\"olivia\",\"createdAt\":\"2026-11-21T10:15:00Z\","
                    + "\"deadline\":\"2026-11-22T10:17:00Z\",\"finishedAt\":null,\"devices\":3,"
                    + "\"counts\":{\"proposed\":1,\"unchanged\":1,\"cannot\":1}}";
    static final String ITEM =
            "{\"items\":[{\"device\":\"001122-HG%2D2400-S1\",\"state\":\"proposed\",\"order\":\"0d9f7c5e-0000-3000-8000-000000000001\",\"words\":\"On"
                    + " 2.4GHz channel 6 is shared: 5 networks are heard, at -48 dBm together. On channel 11 1 network is"
                    + " heard, at -81 dBm together, so what disturbs the network is 33 dB less"
                    + " there.\",\"bands\":[{\"band\":\"2.4GHz\",\"from\":6,\"to\":11,\"automatic\":false,\"verdict\":\"move\",\"scores\":[{\"channel\":11,\"score\":-80.9,\"heard\":-80.9,\"networks\":1,\"reasons\":[\"1"
                    + " network on it and 0 beside that reach into it, the strongest at -81"
                    + " dBm\"]}],\"words\":\"...\"}]}],\"next\":null}";

    private ChannelPlanBodies() {}

    /**
     * What channels are sought for.
     *
     * @param q devices by a query in RSQL, as the search of devices takes it; or
     * @param devices by their ids
     * @param apply whether what is chosen is set at once; false if left out
     * @param country by whose rules, by ISO 3166; left out, as each device says of itself
     * @param bands that are meant; left out, all
     * @param expiresIn how long devices are waited for, as ISO 8601 has durations
     */
    @Schema(name = "ChannelPlanRequest")
    public record Request(
            @Nullable String q,
            @Nullable List<String> devices,
            @Nullable Boolean apply,
            @Nullable String country,
            @Nullable List<String> bands,
            @Nullable String expiresIn) {}

    /**
     * @param deadline of the scans, of the proposals, or of the changes
     * @param devices how many there are
     * @param counts how many of them are in which state
     */
    @Schema(name = "ChannelPlanView")
    public record View(
            String id,
            State state,
            boolean apply,
            @Nullable String country,
            List<Band> bands,
            String createdBy,
            Instant createdAt,
            Instant deadline,
            @Nullable Instant finishedAt,
            int devices,
            Map<String, Integer> counts) {

        static View of(ChannelPlan plan, Map<ItemState, Integer> counts) {
            Map<String, Integer> named = new LinkedHashMap<>();
            counts.forEach((state, count) -> named.put(state.toString(), count));
            return new View(
                    plan.id(),
                    plan.state(),
                    plan.apply(),
                    plan.country(),
                    plan.bands(),
                    plan.createdBy(),
                    plan.createdAt(),
                    plan.deadline(),
                    plan.finishedAt(),
                    counts.values().stream().mapToInt(Integer::intValue).sum(),
                    named);
        }
    }

    /**
     * @param order the last one that was placed for it: the scan, or the change
     * @param words what was found, or why it can't be; to be read aloud
     * @param bands what was chosen for each band
     */
    @Schema(name = "ChannelPlanDevice")
    public record DeviceView(
            String device, ItemState state, @Nullable String order, String words, List<Choice> bands) {

        static DeviceView of(Item item) {
            return new DeviceView(item.device().toString(), item.state(), item.order(), item.why(), item.choices());
        }
    }
}
