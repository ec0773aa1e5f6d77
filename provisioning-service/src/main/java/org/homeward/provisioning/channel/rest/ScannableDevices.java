package org.homeward.provisioning.channel.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.kit.rest.Problem;
import org.homeward.provisioning.channel.ScanMappings;
import org.homeward.provisioning.channel.Surveyor;
import org.homeward.provisioning.channel.Surveyor.Way;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.events.ProvisioningOutbox;
import org.homeward.provisioning.plan.store.LedgerRows;
import org.homeward.provisioning.plan.store.StoredLedger;
import org.homeward.provisioning.profile.ReportedValues;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.rest.RegistryReports;
import org.homeward.provisioning.reconcile.Item;

/** How devices can be asked who else is on the air, by their models and what they reported. */
@ApplicationScoped
public class ScannableDevices {

    private static final int AT_ONCE = 500;

    private final LedgerRows ledgers;
    private final RegistryReports reports;
    private final ProvisioningOutbox voice;
    private final Surveyor surveyor;

    public ScannableDevices(
            LedgerRows ledgers, RegistryReports reports, ProvisioningOutbox voice, Vocabulary vocabulary) {
        this.ledgers = ledgers;
        this.reports = reports;
        this.voice = voice;
        this.surveyor = new Surveyor(ScanMappings.shipped(), vocabulary);
    }

    /**
     * How one device can be asked.
     *
     * @throws ProblemException HTTP 404 where there is no such device, 422 where its model has no mapping
     */
    public Way.By way(DeviceKey device, String token) throws SQLException {
        Way way = ways(device.tenant(), List.of(device.device()), token).get(device.device());
        if (way == null) {
            throw Problem.notFound("device", device.device()).exception();
        }
        return switch (way) {
            case Way.By by -> by;
            case Way.None none ->
                throw Problem.unprocessable("type", none.why()).exception();
        };
    }

    /** How each can be asked, in their order; those that are not there are left out. @param token of the caller */
    Map<DeviceId, Way> ways(TenantId tenant, Collection<DeviceId> devices, String token) throws SQLException {
        Map<DeviceId, Way> ways = new LinkedHashMap<>();
        List<DeviceId> all = List.copyOf(devices);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            some(tenant, all.subList(from, Math.min(all.size(), from + AT_ONCE)), reports.with(token), ways);
        }
        return ways;
    }

    private void some(TenantId tenant, List<DeviceId> devices, ReportedValues reported, Map<DeviceId, Way> ways)
            throws SQLException {
        Map<DeviceKey, StoredLedger> stored = ledgers.load(
                devices.stream().map(device -> new DeviceKey(tenant, device)).toList());
        Map<DeviceId, Vocabulary.Model> models = new HashMap<>();
        Set<String> asked = new HashSet<>();
        stored.forEach((key, each) -> {
            Vocabulary.Model model = model(each.ledger());
            models.put(key.device(), model);
            asked.addAll(surveyor.asked(model));
        });
        Map<DeviceId, List<ParameterValue>> said =
                models.isEmpty() || asked.isEmpty() ? Map.of() : reported.of(new ArrayList<>(models.keySet()), asked);
        for (DeviceId device : devices) {
            Vocabulary.Model model = models.get(device);
            StoredLedger ledger = stored.get(new DeviceKey(tenant, device));
            if (model != null && ledger != null) {
                Map<String, String> values = new HashMap<>();
                said.getOrDefault(device, List.of()).forEach(value -> values.put(value.path(), value.value()));
                // what was heard in a session is known here first
                for (String path : asked) {
                    Item item = ledger.ledger().standing().items().get(path);
                    if (item != null && item.seen() != null && !item.missing()) {
                        values.put(path, item.seen());
                    }
                }
                ways.put(device, surveyor.way(model, values));
            }
        }
    }

    private Vocabulary.Model model(DeviceLedger ledger) {
        return ledger.facts(Map.of(), List.of(), voice.clock().instant()).model();
    }
}
