package org.homeward.registry.subscriber.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.TenantId;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.store.ServiceTypeStore;
import org.homeward.registry.subscriber.store.Subscribers;
import org.homeward.registry.subscriber.store.Subscribers.Outcome;
import org.homeward.registry.subscriber.store.Subscribers.Refused;
import org.homeward.registry.subscriber.store.Subscribers.Taken;

/**
 * Takes subscribers from CSV, some hundred lines in a transaction, and tells of each line as it goes: neither the file nor
 * the report is ever held whole.
 */
@ApplicationScoped
public class SubscriberImport {

    private static final int AT_ONCE = 500;

    private final Subscribers subscribers;
    private final ServiceTypeStore types;
    private final ObjectMapper json;

    @Inject
    public SubscriberImport(Subscribers subscribers, ServiceTypeStore types, ObjectMapper json) {
        this.subscribers = subscribers;
        this.types = types;
        this.json = json;
    }

    /** @throws ProblemException HTTP 400 when the first line does not name the columns */
    StreamingOutput report(InputStream csv, TenantId tenant, boolean move, String by) throws SQLException {
        ImportLines lines = open(csv, tenant, move);
        return out -> {
            try (JsonGenerator report = json.getFactory().createGenerator(out)) {
                Map<String, Integer> counts = new LinkedHashMap<>();
                List.of("created", "updated", "unchanged", "refused").forEach(result -> counts.put(result, 0));
                report.writeStartObject();
                report.writeArrayFieldStart("lines");
                List<ImportLines.Line> some = new ArrayList<>(AT_ONCE);
                for (Optional<ImportLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                    some.add(line.get());
                    if (some.size() == AT_ONCE) {
                        take(some, tenant, by, report, counts);
                    }
                }
                take(some, tenant, by, report, counts);
                report.writeEndArray();
                for (Map.Entry<String, Integer> count : counts.entrySet()) {
                    report.writeNumberField(count.getKey(), count.getValue());
                }
                report.writeEndObject();
            }
        };
    }

    private ImportLines open(InputStream csv, TenantId tenant, boolean move) throws SQLException {
        try {
            return new ImportLines(new LineReader(csv), types.of(tenant), move);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(
            List<ImportLines.Line> lines, TenantId tenant, String by, JsonGenerator report, Map<String, Integer> counts)
            throws IOException {
        List<SubscriberEdit> edits = new ArrayList<>();
        for (ImportLines.Line line : lines) {
            if (line instanceof ImportLines.Edit edit) {
                edits.add(edit.edit());
            }
        }
        List<Outcome> outcomes;
        try {
            outcomes = edits.isEmpty() ? List.of() : subscribers.apply(tenant, edits, by);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        int next = 0;
        for (ImportLines.Line line : lines) {
            report.writeStartObject();
            report.writeNumberField("line", line.number());
            String result = switch (line) {
                case ImportLines.Bad bad -> refused(report, bad.column(), bad.why());
                case ImportLines.Edit edit -> {
                    report.writeStringField(
                            "subscriber", edit.edit().subscriber().value());
                    yield switch (outcomes.get(next++)) {
                        case Taken taken -> taken.result().name().toLowerCase(Locale.ROOT);
                        case Refused refused -> refused(report, refused.field(), why(refused.problem()));
                    };
                }
            };
            report.writeStringField("result", result);
            report.writeEndObject();
            counts.merge(result, 1, Integer::sum);
        }
        lines.clear();
    }

    private static String why(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.detail()
                : problem.errors().getFirst().message();
    }

    private static String refused(JsonGenerator report, String column, String why) throws IOException {
        if (!column.isEmpty()) {
            report.writeStringField("column", column);
        }
        report.writeStringField("why", why);
        return "refused";
    }
}
