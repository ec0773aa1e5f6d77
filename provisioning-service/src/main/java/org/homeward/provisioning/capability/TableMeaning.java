package org.homeward.provisioning.capability;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the name of a table means on a model. */
public sealed interface TableMeaning {

    /** @param tables where its rows may stand; those count whose checks all hold */
    record Tables(List<Table> tables) implements TableMeaning {
        public Tables {
            tables = List.copyOf(tables);
        }

        /** All rows that the device reported. @param reported values by path */
        public List<Table.Row> rows(Map<String, String> reported) {
            return tables.stream()
                    .filter(table -> table.isConfirmedBy(reported))
                    .flatMap(table -> table.rows(reported).stream())
                    .toList();
        }

        /** Partial paths below which all rows stand, and parameters by which it is known which count. */
        public Set<String> paths() {
            Set<String> paths = new TreeSet<>();
            tables.forEach(table -> {
                paths.addAll(table.objects());
                paths.addAll(table.asked());
            });
            return paths;
        }
    }

    /** Nothing. @param why for people; names the model */
    record None(String why) implements TableMeaning {}
}
