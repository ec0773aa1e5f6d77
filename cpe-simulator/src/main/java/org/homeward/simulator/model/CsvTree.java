package org.homeward.simulator.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads parameter trees in the CSV form of GenieACS exports: {@code Parameter, Object, Object timestamp, Writable,
 * Writable timestamp, Value, Value type, ...}. Rows that are not of the device's own tree ({@code DeviceID}, {@code
 * Events}) are left out.
 */
final class CsvTree {
    private CsvTree() {}

    static BaseModel read(String name, List<String> lines) {
        BaseModelBuilder model = new BaseModelBuilder(name);
        boolean numericBooleans = false;
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            String path = cells.getFirst();
            if (!path.startsWith("Device.") && !path.startsWith("InternetGatewayDevice.")) {
                continue;
            }
            boolean writable = cells.get(3).equals("true");
            if (cells.get(1).equals("true")) {
                boolean instance = path.matches(".*\\.\\d+");
                model.object(path + ".", new Node.ObjectNode(!instance && writable, writable));
                continue;
            }
            String type = cells.get(6).isEmpty() ? "string" : cells.get(6).replaceFirst("^\\w+:", "");
            String value = cells.get(5);
            numericBooleans |= type.equals("boolean") && value.matches("[01]");
            boolean hidden = BaseModelBuilder.isSecretName(path);
            model.parameter(
                    path,
                    // A reported value is a fact even where it breaks its own type; only writes are checked.
                    new Node.Parameter(ParameterType.of(type), writable, hidden, 0, false, value.replace("${", "$ {")));
        }
        if (numericBooleans) {
            model.numericBooleans();
        }
        model.deriveTemplates();
        return model.build();
    }

    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
