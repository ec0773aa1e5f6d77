package org.homeward.registry.inventory.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.homeward.registry.inventory.Registration;
import org.homeward.registry.inventory.store.Devices;
import org.jspecify.annotations.Nullable;

/**
 * Registers devices from CSV, some hundred lines in a transaction, and tells of each line as it goes: neither the file
 * nor the report is ever held whole.
 */
@ApplicationScoped
public class DeviceImport {

    private static final int AT_ONCE = 500;
    private static final Set<String> COLUMNS = Set.of(
            "oui", "productClass", "serialNumber", "manufacturer", "tags", "subscriberId", "username", "password");
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .build();

    private final Devices devices;
    private final ObjectMapper json;

    @Inject
    public DeviceImport(Devices devices, ObjectMapper json) {
        this.devices = devices;
        this.json = json;
    }

    /** One line on its way. @param refusal why it is not taken; null if it is */
    private record Line(long number, @Nullable Registration registration, String refusal) {}

    /** @throws ProblemException HTTP 400 when the first line does not name the columns */
    StreamingOutput report(InputStream csv, TenantId tenant, String by) {
        MappingIterator<Map<String, String>> rows = open(csv);
        return out -> {
            try (JsonGenerator report = json.getFactory().createGenerator(out)) {
                var counts = new LinkedHashMap<>(Map.of("created", 0, "existing", 0, "refused", 0));
                report.writeStartObject();
                report.writeArrayFieldStart("lines");
                List<Line> lines = new ArrayList<>(AT_ONCE);
                while (hasNext(rows, lines)) {
                    lines.add(line(rows));
                    if (lines.size() == AT_ONCE) {
                        take(lines, tenant, by, report, counts);
                    }
                }
                take(lines, tenant, by, report, counts);
                report.writeEndArray();
                for (String result : List.of("created", "existing", "refused")) {
                    report.writeNumberField(result, counts.getOrDefault(result, 0));
                }
                report.writeEndObject();
            }
        };
    }

    private static MappingIterator<Map<String, String>> open(InputStream csv) {
        try {
            MappingIterator<Map<String, String>> rows = CSV.readerFor(Map.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .readValues(csv);
            rows.hasNextValue();
            List<String> columns = ((CsvSchema) rows.getParser().getSchema()).getColumnNames();
            for (String column : columns) {
                if (!COLUMNS.contains(column)) {
                    throw Problem.invalid("body", "the first line names an unknown column \"" + column + "\"")
                            .exception();
                }
            }
            if (!columns.contains("oui") || !columns.contains("serialNumber")) {
                throw Problem.invalid("body", "the first line names the columns, oui and serialNumber among them")
                        .exception();
            }
            return rows;
        } catch (IOException e) {
            ProblemException problem = Problem.invalid("body", "is not CSV").exception();
            problem.addSuppressed(e);
            throw problem;
        }
    }

    /** A line that can't be read ends the file: nobody knows where the next one begins. */
    private static boolean hasNext(MappingIterator<Map<String, String>> rows, List<Line> lines) {
        try {
            return rows.hasNextValue();
        } catch (IOException e) {
            lines.add(new Line(rows.getCurrentLocation().getLineNr(), null, "can't be read; the rest was not either"));
            return false;
        }
    }

    private static Line line(MappingIterator<Map<String, String>> rows) {
        long number = rows.getCurrentLocation().getLineNr();
        try {
            Map<String, String> row = rows.next();
            String password = row.get("password");
            var device = new DeviceInput.NewDevice(
                    row.get("oui"),
                    row.get("productClass"),
                    row.get("serialNumber"),
                    row.get("manufacturer"),
                    tags(row.getOrDefault("tags", "")),
                    row.get("subscriberId"),
                    false,
                    password == null || password.isEmpty()
                            ? null
                            : new DeviceInput.NewCredentials(row.get("username"), password));
            return new Line(number, device.registration(), "");
        } catch (ProblemException e) {
            return new Line(number, null, e.problem().detail());
        } catch (RuntimeJsonMappingException e) {
            return new Line(number, null, "does not have the columns of the first line");
        }
    }

    private static List<String> tags(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private void take(List<Line> lines, TenantId tenant, String by, JsonGenerator report, Map<String, Integer> counts)
            throws IOException {
        Set<DeviceKey> created;
        Map<DeviceId, Registration> registrations = new LinkedHashMap<>();
        for (Line line : lines) {
            Registration registration = line.registration();
            if (registration != null) {
                registrations.putIfAbsent(registration.device(), registration);
            }
        }
        try {
            created = devices.register(tenant, List.copyOf(registrations.values()), by);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        for (Line line : lines) {
            Registration registration = line.registration();
            report.writeStartObject();
            report.writeNumberField("line", line.number());
            String result = "refused";
            if (registration == null) {
                report.writeStringField("why", line.refusal());
            } else {
                report.writeStringField("id", registration.device().toString());
                // the same device twice in a file is created once
                boolean isNew = registrations.remove(registration.device(), registration)
                        && created.contains(new DeviceKey(tenant, registration.device()));
                result = isNew ? "created" : "existing";
            }
            report.writeStringField("result", result);
            report.writeEndObject();
            counts.merge(result, 1, Integer::sum);
        }
        lines.clear();
    }
}
