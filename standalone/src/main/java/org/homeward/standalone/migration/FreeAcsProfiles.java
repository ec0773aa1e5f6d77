package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.homeward.standalone.migration.FreeAcsExport.Unit;
import org.homeward.standalone.migration.FreeAcsExport.UnitType;

/**
 * Profiles of FreeACS, to which units are assigned, on their way to be profiles that say themselves which devices they are
 * for: those with a tag; the default one is for all of the product that have no other's tag.
 */
final class FreeAcsProfiles {

    /** Below what units have of their own. */
    static final int PRIORITY = 100;

    /** The one that FreeACS puts a device into that calls for the first time. */
    private static final String DEFAULT = "Default";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FreeAcsExport export;
    private final ImportFolder folder;

    FreeAcsProfiles(FreeAcsExport export, ImportFolder folder) {
        this.export = export;
        this.folder = folder;
    }

    void bring() {
        export.unitTypes()
                .values()
                .forEach(type -> type.profiles().forEach((profile, values) -> bring(type, profile, values)));
    }

    private void bring(UnitType type, String profile, Map<String, String> parameters) {
        String source = "profile " + profile + " of " + type.name();
        ObjectNode made = JSON.createObjectNode();
        made.put("name", ImportFolder.name(type.name(), profile));
        made.put("description", "Profile " + profile + " of the unit type " + type.name() + " in FreeACS.");
        made.put("priority", PRIORITY);
        made.put("condition", condition(type, profile));
        values(type, parameters, source, made, folder);
        if (made.has("values") || made.has("connection")) {
            folder.profile(source, made);
        }
    }

    /** Writes those values into a profile that can be; the others are left to a person. */
    static void values(
            UnitType type, Map<String, String> parameters, String source, ObjectNode profile, ImportFolder folder) {
        parameters.forEach((parameter, value) -> {
            if (!FreeAcsValues.isWanted(type, parameter)) {
                return;
            }
            Optional<String> objection = FreeAcsValues.objection(type, parameter, value);
            if (objection.isPresent()) {
                folder.forPerson(source + ": " + parameter + ": " + objection.get());
            } else if (parameter.endsWith("ManagementServer.PeriodicInformInterval")) {
                profile.withObject("connection").put("PeriodicInformInterval", value);
            } else {
                profile.withObject("values").put(parameter, value);
            }
        });
    }

    private String condition(UnitType type, String profile) {
        if (!profile.equals(DEFAULT)) {
            return '"' + tag(type.name(), profile) + "\" in device.tags";
        }
        List<String> others = type.profiles().keySet().stream()
                .filter(other -> !other.equals(DEFAULT))
                .map(other -> tag(type.name(), other))
                .toList();
        return "device.productClass in " + quoted(products(type))
                + (others.isEmpty() ? "" : " && !device.tags.exists(tag, tag in " + quoted(others) + ")");
    }

    /** What its units are; FreeACS finds the type of a device that calls for the first time by its product class. */
    private Set<String> products(UnitType type) {
        Set<String> products = new TreeSet<>();
        for (Unit unit : export.units()) {
            if (unit.unitType().equals(type.name())) {
                FreeAcsUnits.identity(unit).ifPresent(identity -> products.add(identity.productClass()));
            }
        }
        return products.isEmpty() ? Set.of(type.name()) : products;
    }

    private static String quoted(Iterable<String> texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Empty for the default one, which needs none. */
    static Optional<String> tagOf(Unit unit) {
        return unit.profile().equals(DEFAULT) ? Optional.empty() : Optional.of(tag(unit.unitType(), unit.profile()));
    }

    private static String tag(String type, String profile) {
        return ImportFolder.name(type, "profile", profile);
    }
}
