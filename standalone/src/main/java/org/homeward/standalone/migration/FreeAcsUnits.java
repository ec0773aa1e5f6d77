package org.homeward.standalone.migration;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.standalone.migration.FreeAcsExport.Unit;
import org.homeward.standalone.migration.FreeAcsExport.UnitType;

/**
 * Units of FreeACS: devices to register, with the password that they have. What a unit has of its own becomes a service of
 * a subscriber who stands for the unit, and for each such parameter there is a profile that says where it goes.
 */
final class FreeAcsUnits {

    /** Type of the service. */
    private static final String SERVICE = "freeacs";

    private static final int PRIORITY = FreeAcsProfiles.PRIORITY + 100;
    private static final Pattern ID = Pattern.compile("([0-9A-Fa-f]{6})-(?:(.*)-)?(.+)");
    private static final Set<String> COLUMNS = new LinkedHashSet<>(
            List.of("oui", "productClass", "serialNumber", "manufacturer", "tags", "username", "password"));
    private static final List<String> WHOSE = List.of("subscriber", "oui", "serialNumber", "service");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FreeAcsExport export;
    private final FreeAcsGroups groups;
    private final ImportFolder folder;
    private final Set<String> told = new HashSet<>();

    FreeAcsUnits(FreeAcsExport export, FreeAcsGroups groups, ImportFolder folder) {
        this.export = export;
        this.groups = groups;
        this.folder = folder;
    }

    /** As a device says of itself. */
    record Identity(String oui, String productClass, String serialNumber) {}

    /**
     * What the id of a unit says: OUI, product class and serial number. Where the hyphens leave it open the type tells, whose
     * name usually is the product class; and else a serial number has none.
     */
    static Optional<Identity> identity(Unit unit) {
        String type = '-' + unit.unitType() + '-';
        Matcher id = ID.matcher(unit.id());
        if (!id.matches()) {
            return Optional.empty();
        }
        String oui = id.group(1);
        String rest = unit.id().substring(oui.length());
        if (rest.startsWith(type) && rest.length() > type.length()) {
            return Optional.of(new Identity(oui, unit.unitType(), rest.substring(type.length())));
        }
        return Optional.of(new Identity(oui, id.group(2) == null ? "" : id.group(2), id.group(3)));
    }

    void bring() {
        folder.devices(COLUMNS, line -> export.units().forEach(unit -> device(unit, line)));
        Map<String, Integer> used = new TreeMap<>();
        export.units()
                .forEach(unit -> wanted(unit).forEach((parameter, value) -> used.merge(parameter, 1, Integer::sum)));
        Set<String> brought = new LinkedHashSet<>();
        used.forEach((parameter, units) -> {
            if (FreeAcsValues.isMisunderstood(parameter)) {
                folder.forPerson(
                        parameter + " of " + units + " units: has \"password\", \"key\" or the like in its path"
                                + " and holds none, or the other way round");
            } else {
                brought.add(parameter);
            }
        });
        if (brought.isEmpty()) {
            return;
        }
        List<String> columns = new ArrayList<>(WHOSE);
        brought.forEach(parameter -> columns.add("service." + FreeAcsValues.attribute(parameter)));
        int subscribers = folder.csv(
                "subscribers.csv",
                new LinkedHashSet<>(columns),
                line -> export.units().forEach(unit -> subscriber(unit, brought, line)));
        brought.forEach(this::profile);
        folder.forPerson(
                subscribers + " units have values of their own: each became a subscriber with the id of the unit;"
                        + " where you have subscribers of your own, give those the services instead");
    }

    private void device(Unit unit, Consumer<Map<String, String>> line) {
        Optional<Identity> identity = identity(unit);
        if (identity.isEmpty()) {
            folder.forPerson(
                    "unit " + unit.id() + ": its id is not OUI, product class and serial number with hyphens between");
            return;
        }
        UnitType type = export.unitTypes().get(unit.unitType());
        List<String> tags = new ArrayList<>(groups.tags(unit));
        FreeAcsProfiles.tagOf(unit).ifPresent(tags::addFirst);
        String password = unit.own().getOrDefault(FreeAcsValues.SECRET, "");
        line.accept(Map.of(
                "oui", identity.get().oui(),
                "productClass", identity.get().productClass(),
                "serialNumber", identity.get().serialNumber(),
                "manufacturer", type == null ? "" : type.vendor(),
                "tags", String.join(" ", tags),
                "username", password.isEmpty() ? "" : unit.id(),
                "password", password));
    }

    /** What it has of its own, and has to have; what can't be brought over is left out, and told once for all units. */
    private Map<String, String> wanted(Unit unit) {
        UnitType type = export.unitTypes().get(unit.unitType());
        Map<String, String> wanted = new LinkedHashMap<>();
        if (type == null || identity(unit).isEmpty()) {
            return wanted;
        }
        unit.own().forEach((parameter, value) -> {
            if (FreeAcsValues.isWanted(type, parameter)) {
                Optional<String> objection = FreeAcsValues.objection(type, parameter, value);
                if (objection.isPresent()) {
                    String what = parameter + " of single units: " + objection.get();
                    if (told.add(what)) {
                        folder.forPerson(what);
                    }
                } else {
                    wanted.put(parameter, value);
                }
            }
        });
        return wanted;
    }

    private void subscriber(Unit unit, Set<String> brought, Consumer<Map<String, String>> line) {
        Map<String, String> wanted = wanted(unit);
        wanted.keySet().retainAll(brought);
        Optional<Identity> identity = identity(unit);
        if (wanted.isEmpty() || identity.isEmpty()) {
            return;
        }
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("subscriber", unit.id());
        cells.put("oui", identity.get().oui());
        cells.put("serialNumber", identity.get().serialNumber());
        cells.put("service", SERVICE);
        brought.forEach(parameter ->
                cells.put("service." + FreeAcsValues.attribute(parameter), wanted.getOrDefault(parameter, "")));
        line.accept(cells);
    }

    private void profile(String parameter) {
        String attribute = "services." + SERVICE + '.' + FreeAcsValues.attribute(parameter);
        ObjectNode profile = JSON.createObjectNode();
        profile.put("name", ImportFolder.name("unit", parameter.replace('.', '-')));
        profile.put("description", "What single units of FreeACS have of their own in " + parameter + '.');
        profile.put("priority", PRIORITY);
        profile.put("condition", "has(services." + SERVICE + ") && has(" + attribute + ')');
        if (parameter.endsWith("ManagementServer.PeriodicInformInterval")) {
            profile.withObject("connection").putObject("PeriodicInformInterval").put("expression", attribute);
        } else {
            profile.withObject("values").putObject(parameter).put("expression", attribute);
        }
        folder.profile("parameter " + parameter + " of single units", profile);
    }
}
