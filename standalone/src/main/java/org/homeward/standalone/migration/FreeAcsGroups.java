package org.homeward.standalone.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.homeward.standalone.migration.FreeAcsExport.Filter;
import org.homeward.standalone.migration.FreeAcsExport.Group;
import org.homeward.standalone.migration.FreeAcsExport.Unit;
import org.homeward.standalone.migration.FreeAcsExport.UnitType;
import org.jspecify.annotations.Nullable;

/**
 * Groups of FreeACS: units of a type whose parameters are such, looked for anew each time. Homeward's tags are given and
 * stay, so who is in a group today gets its tag.
 */
final class FreeAcsGroups {

    /** More would be a circle. */
    private static final int DEEPEST = 20;

    private final FreeAcsExport export;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<Group, Integer> members = new HashMap<>();

    FreeAcsGroups(FreeAcsExport export) {
        this.export = export;
        export.groups().forEach(group -> groups.put(group.unitType() + '/' + group.name(), group));
    }

    static String tag(String type, String group) {
        return ImportFolder.name(type, "group", group);
    }

    /** Of the groups that the unit is in. */
    List<String> tags(Unit unit) {
        List<String> tags = new ArrayList<>();
        for (Group group : groups.values()) {
            if (group.unitType().equals(unit.unitType()) && has(group, unit)) {
                tags.add(tag(group.unitType(), group.name()));
                members.merge(group, 1, Integer::sum);
            }
        }
        return tags;
    }

    /** Says of each group how it was understood, once all units were asked for. */
    void report(ImportFolder folder) {
        groups.values()
                .forEach(group -> folder.forPerson("group " + group.name() + " of " + group.unitType() + ": the "
                        + members.getOrDefault(group, 0) + " units in it today have the tag "
                        + tag(group.unitType(), group.name())
                        + "; a tag stays, where a group follows what devices report"));
    }

    private boolean has(Group group, Unit unit) {
        Group each = group;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (each.profile() != null && !each.profile().equals(unit.profile())
                    || !each.filters().stream().allMatch(filter -> holds(filter, unit))) {
                return false;
            }
            each = each.parent() == null ? null : groups.get(each.unitType() + '/' + each.parent());
        }
        return true;
    }

    private boolean holds(Filter filter, Unit unit) {
        String value = effective(filter.parameter(), unit);
        String wanted = filter.value();
        return switch (filter.operator()) {
            case "=" -> wanted == null ? value == null : value != null && equal(filter, value, wanted);
            case "<>", "!" -> wanted == null ? value != null : value == null || !equal(filter, value, wanted);
            default -> wanted != null && value != null && compares(filter.operator(), compared(filter, value, wanted));
        };
    }

    private @Nullable String effective(String parameter, Unit unit) {
        String own = unit.own().get(parameter);
        UnitType type = export.unitTypes().get(unit.unitType());
        return own != null || type == null
                ? own
                : type.profiles().getOrDefault(unit.profile(), Map.of()).get(parameter);
    }

    private static boolean equal(Filter filter, String value, String wanted) {
        if (filter.number()) {
            return compared(filter, value, wanted) == 0;
        }
        String pattern = wanted.replaceFirst("^\\^", "").replaceFirst("\\$$", "");
        StringBuilder regex = new StringBuilder("(?is)");
        for (char c : pattern.toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return value.matches(regex.toString());
    }

    private static int compared(Filter filter, String value, String wanted) {
        return filter.number() ? Double.compare(number(value), number(wanted)) : value.compareToIgnoreCase(wanted);
    }

    /** As databases take a text for a number: what stands in front, or nothing. */
    private static double number(String text) {
        String digits = text.strip().replaceFirst("^(-?\\d+(\\.\\d+)?)?.*$", "$1");
        return digits.isEmpty() ? 0 : Double.parseDouble(digits);
    }

    private static boolean compares(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> false;
        };
    }
}
