package org.homeward.simulator.model;

import java.util.ArrayList;
import java.util.List;
import org.homeward.simulator.model.BaseModel.TemplateNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads our own model files. Line by line:
 *
 * <pre>
 * # a comment
 * booleans 1/0                       this device says 1 and 0; without the line, true and false
 * object Device.DeviceInfo.          the parameters that follow belong to this object
 *   ModelName r string(64) HG-1      name, access, type, value to the end of the line
 * table Device.WiFi.SSID. w          a table (w: AddObject allowed); what follows is its template
 *   SSID w string(32)
 *   Child. w table                   each instance has a table of its own
 * instance Device.WiFi.SSID.1.       an instance with all of the template; what follows overrides values
 *   SSID = Homeward-${serial4}
 * </pre>
 *
 * Access is {@code r} or {@code w}, then any of {@code h} hidden on read, {@code i} in every Inform, {@code p} passive
 * or {@code a} active notification. Types are {@link ParameterType#of}. {@code ${name}} in a value is filled in by the
 * device.
 */
final class ModelFile {
    private final BaseModelBuilder model;
    private String prefix = "";
    private @Nullable String table;
    private List<TemplateNode> template = new ArrayList<>();

    private ModelFile(String name) {
        this.model = new BaseModelBuilder(name);
    }

    static BaseModel read(String name, List<String> lines) {
        ModelFile file = new ModelFile(name);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                file.line(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        file.endTable();
        return file.model.build();
    }

    private void line(String line) {
        String[] words = line.split("\\s+", 4);
        switch (words[0]) {
            case "booleans" -> model.numericBooleans();
            case "object" -> {
                endTable();
                prefix = path(words);
                model.object(prefix, new Node.ObjectNode(false, false));
            }
            case "table" -> {
                endTable();
                table = path(words);
                model.object(table, new Node.ObjectNode(true, words.length > 2 && words[2].equals("w")));
            }
            case "instance" -> {
                endTable();
                prefix = path(words);
                model.instance(prefix);
            }
            default -> parameter(words, line);
        }
    }

    private static String path(String[] words) {
        if (words.length < 2 || !words[1].endsWith(".")) {
            throw new IllegalArgumentException(words[0] + " needs a path that ends in a dot");
        }
        return words[1];
    }

    private void parameter(String[] words, String line) {
        if (words.length > 1 && words[1].equals("=")) {
            model.value(prefix + words[0], line.substring(line.indexOf('=') + 1).strip());
            return;
        }
        if (words.length < 3) {
            throw new IllegalArgumentException("a parameter needs name, access and type");
        }
        if (table != null && words[0].endsWith(".") && words[2].equals("table")) {
            template.add(new TemplateNode(words[0], new Node.ObjectNode(true, words[1].equals("w"))));
            return;
        }
        ParameterType type = ParameterType.of(words[2]);
        String value = words.length > 3 ? words[3] : type.empty();
        Node.Parameter parameter = BaseModelBuilder.parameter(words[2], words[1], value);
        if (!value.contains("${") && !value.isEmpty() && !type.accepts(value)) {
            throw new IllegalArgumentException("value does not fit its type: " + value);
        }
        if (table == null) {
            model.parameter(prefix + words[0], parameter);
        } else {
            template.add(new TemplateNode(words[0], parameter));
            addTemplateAncestors(words[0]);
        }
    }

    private void addTemplateAncestors(String name) {
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            TemplateNode object = new TemplateNode(name.substring(0, dot + 1), new Node.ObjectNode(false, false));
            if (!template.contains(object)) {
                template.add(object);
            }
        }
    }

    private void endTable() {
        if (table != null) {
            model.template(table, template);
            template = new ArrayList<>();
            table = null;
        }
    }
}
