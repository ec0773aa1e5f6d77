package org.homeward.provisioning.channel.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.provisioning.ProvisioningConfig;
import org.homeward.provisioning.channel.Band;
import org.homeward.provisioning.channel.ChannelPlan;
import org.homeward.provisioning.channel.ChannelPlan.Item;
import org.homeward.provisioning.channel.ChannelPlan.ItemState;
import org.homeward.provisioning.channel.ChannelPlan.State;
import org.homeward.provisioning.channel.Regulation;
import org.homeward.provisioning.channel.Surveyor.Way;
import org.homeward.provisioning.channel.rest.ChannelPlanBodies.Request;
import org.homeward.provisioning.channel.store.ChannelPlans;
import org.homeward.provisioning.channel.store.ChannelPlans.Counted;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.jspecify.annotations.Nullable;

/** Makes plans of requests: which devices, and how each can be asked. */
@ApplicationScoped
public class ChannelPlanDrafts {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Way UNKNOWN = new Way.None("the device never called, nor was it registered");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ChannelPlans plans;
    private final ScannableDevices scannable;
    private final RegistrySearch search;
    private final ProvisioningOutbox voice;
    private final ProvisioningConfig.Channels config;

    public ChannelPlanDrafts(
            ChannelPlans plans,
            ScannableDevices scannable,
            RegistrySearch search,
            ProvisioningOutbox voice,
            ProvisioningConfig config) {
        this.plans = plans;
        this.scannable = scannable;
        this.search = search;
        this.voice = voice;
        this.config = config.channels();
    }

    Counted begin(@Nullable Request body, Caller caller) throws SQLException {
        Request request = body == null ? new Request(null, null, null, null, null, null) : body;
        TenantId tenant = caller.tenant();
        String country = country(request.country());
        List<Band> bands = bands(request.bands());
        Duration within = within(request.expiresIn());
        Set<DeviceId> devices = devices(request, caller);
        Instant now = voice.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        ChannelPlan plan = new ChannelPlan(
                TIME.format(now) + '-' + UUID.randomUUID().toString().substring(0, 8),
                tenant,
                State.SCANNING,
                Boolean.TRUE.equals(request.apply()),
                country,
                bands,
                caller.name(),
                now,
                now.plus(within),
                null);
        return plans.begin(plan, items(devices, scannable.ways(tenant, devices, caller.token())));
    }

    private static List<Item> items(Set<DeviceId> devices, Map<DeviceId, Way> ways) {
        List<Item> items = new ArrayList<>();
        for (DeviceId device : devices) {
            int place = items.size() + 1;
            items.add(
                    switch (ways.getOrDefault(device, UNKNOWN)) {
                        case Way.By by -> new Item(place, device, ItemState.WAITING, by.survey(), null, List.of(), "");
                        case Way.None none ->
                            new Item(place, device, ItemState.CANNOT, null, null, List.of(), none.why());
                    });
        }
        return items;
    }

    private Set<DeviceId> devices(Request request, Caller caller) {
        if ((request.q() == null) == (request.devices() == null)) {
            throw Problem.invalid("q", "or devices has to be given, and not both")
                    .exception();
        }
        int most = config.devicesPerPlan();
        Set<DeviceId> devices = new LinkedHashSet<>();
        if (request.q() != null) {
            devices.addAll(search.devices(request.q(), most, caller.token()));
        } else if (request.devices() != null) {
            for (int i = 0; i < request.devices().size(); i++) {
                try {
                    devices.add(DeviceId.parse(String.valueOf(request.devices().get(i))));
                } catch (IllegalArgumentException e) {
                    throw Problem.invalid("devices[" + i + "]", "is no id of a device")
                            .exception();
                }
            }
        }
        String field = request.q() != null ? "q" : "devices";
        if (devices.isEmpty()) {
            throw Problem.unprocessable(field, "chooses no devices").exception();
        }
        if (devices.size() > most) {
            throw Problem.unprocessable(field, "chooses more than " + most + " devices")
                    .exception();
        }
        return devices;
    }

    private static @Nullable String country(@Nullable String country) {
        if (country != null && Regulation.of(country).isEmpty()) {
            throw Problem.invalid("country", "\"" + country + "\" is no country whose channels are known")
                    .exception();
        }
        return country;
    }

    private static List<Band> bands(@Nullable List<String> names) {
        List<Band> bands = new ArrayList<>();
        for (String name : names == null ? List.<String>of() : names) {
            bands.add(Band.of(String.valueOf(name))
                    .orElseThrow(() -> Problem.invalid("bands", "\"" + name + "\" is none of 2.4GHz, 5GHz, 6GHz")
                            .exception()));
        }
        return bands;
    }

    private Duration within(@Nullable String text) {
        if (text == null) {
            return config.expiresIn();
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw Problem.invalid("expiresIn", "is not an ISO-8601 duration such as PT1H")
                    .exception();
        }
        throw Problem.invalid("expiresIn", "is not between a moment and P7D").exception();
    }
}
