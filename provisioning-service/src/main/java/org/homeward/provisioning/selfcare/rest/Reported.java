package org.homeward.provisioning.selfcare.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.Caller;
import org.homeward.provisioning.profile.Vocabulary;
import org.homeward.provisioning.profile.Vocabulary.Meaning;
import org.homeward.provisioning.profile.rest.RegistryReports;
import org.homeward.provisioning.reconcile.Item;
import org.homeward.provisioning.selfcare.rest.OwnDevices.Access;

/** What a device reported: to the registry, and what was heard of it here, which is newer. */
@ApplicationScoped
public class Reported {

    private final RegistryReports registry;
    private final Vocabulary vocabulary;
    private final Caller caller;

    public Reported(RegistryReports registry, Vocabulary vocabulary, Caller caller) {
        this.registry = registry;
        this.vocabulary = vocabulary;
        this.caller = caller;
    }

    /** @param paths of parameters; of objects, with a dot at the end, for all below */
    List<ParameterValue> told(Access access, Set<String> paths) {
        if (paths.isEmpty()) {
            return List.of();
        }
        DeviceId device = access.device().device();
        try {
            return registry.with(caller.token()).of(List.of(device), paths).getOrDefault(device, List.of());
        } catch (UncheckedIOException e) {
            throw Problem.unavailable("What the device reported can't be read for a moment.")
                    .exception();
        }
    }

    /** Values by path. */
    Map<String, String> values(Access access, Set<String> paths) {
        Map<String, String> values = new HashMap<>();
        told(access, paths).forEach(value -> values.put(value.path(), value.value()));
        access.ledger().standing().items().forEach((path, item) -> put(values, path, item));
        return values;
    }

    private static void put(Map<String, String> values, String path, Item item) {
        if (item.seen() != null && !item.missing()) {
            values.put(path, item.seen());
        }
    }

    /** All parameters that may have a part in these capabilities, and those that show which do. */
    Set<String> paths(Vocabulary.Model model, Collection<String> capabilities) {
        Set<String> paths = new HashSet<>();
        for (String capability : capabilities) {
            if (vocabulary.on(model, Vocabulary.CAPABILITY + capability) instanceof Meaning.Parameters meant) {
                meant.places().forEach(place -> {
                    place.checks().forEach(check -> paths.add(check.path()));
                    place.parameters().forEach(parameter -> paths.add(parameter.path()));
                });
            }
        }
        return paths;
    }
}
