package org.homeward.standalone.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a FreeACS holds, whichever way it was taken out of it.
 *
 * @param unitTypes by name
 * @param rest of which Homeward has no counterpart that could be filled, a line each, and why
 */
record FreeAcsExport(
        Map<String, UnitType> unitTypes, List<Unit> units, List<Group> groups, List<Job> jobs, List<String> rest) {

    /** Written to devices; other parameters are read, or mean something to FreeACS only. */
    private static final char WRITTEN = 'W';

    /**
     * @param flags by parameter: {@code R} read, {@code RW} written, {@code X} FreeACS's own, and {@code C} confidential
     *     besides
     * @param profiles parameters that they set, by name
     */
    record UnitType(String name, String vendor, Map<String, String> flags, Map<String, Map<String, String>> profiles) {

        UnitType(String name, String vendor) {
            this(name, vendor, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        boolean writes(String parameter) {
            return flags.getOrDefault(parameter, "").indexOf(WRITTEN) >= 0;
        }

        boolean isConfidential(String parameter) {
            return flags.getOrDefault(parameter, "").indexOf('C') >= 0;
        }
    }

    /** @param own values of its own, which go before those of its profile */
    record Unit(String id, String unitType, String profile, Map<String, String> own) {}

    /** @param profile that its units are of; null for any */
    record Group(
            String unitType,
            String name,
            @Nullable String parent,
            @Nullable String profile,
            List<Filter> filters) {}

    /**
     * @param operator {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >} or {@code >=}
     * @param value with {@code %} and {@code _} as in SQL; null for none
     */
    record Filter(
            String parameter, String operator, @Nullable String value, boolean number) {}

    /**
     * @param version of the file that it brings; empty for none
     * @param values that it writes to all its units
     * @param perUnit how many values are for single units
     */
    record Job(
            String unitType,
            String name,
            String type,
            String group,
            String version,
            String status,
            String repeats,
            Map<String, String> values,
            int perUnit) {}

    /** What a folder holds: the files of the shell's {@code -export}, or tables. */
    static FreeAcsExport read(Path folder) {
        return Files.exists(folder.resolve("unittypes.txt"))
                ? new FreeAcsShellFiles(folder).read()
                : new FreeAcsTables(folder).read();
    }
}
