package org.homeward.registry.subscriber.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.homeward.registry.subscriber.Claim;
import org.homeward.registry.subscriber.ServiceId;
import org.homeward.registry.subscriber.ServiceType;
import org.homeward.registry.subscriber.ServiceTypes;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.SubscriberEdit.OfService;
import org.homeward.registry.subscriber.SubscriberEdit.Presence;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.Wish;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a subscriber file. Each line stands for itself: no value holds a line break, so a quote that is not
 * closed spoils its own line only.
 */
final class ImportLines {

    private static final String ATTRIBUTES = "attributes.";
    private static final String SERVICE = "service.";
    private static final Set<String> KNOWN =
            Set.of("subscriber", "service", "serviceId", "deviceId", "oui", "serialNumber", "mac", "circuitId");
    private static final ObjectReader CSV =
            CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build().readerFor(String[].class);

    private final LineReader lines;
    private final ServiceTypes types;
    private final boolean move;
    private final List<String> columns;
    private final Sayings sayings = new Sayings();

    /** A line on its way. */
    sealed interface Line {
        long number();
    }

    record Edit(long number, SubscriberEdit edit) implements Line {}

    /** @param column which is to blame; empty for the line as a whole */
    record Bad(long number, String column, String why) implements Line {}

    /** @throws ProblemException HTTP 400 when the first line does not name the columns */
    ImportLines(LineReader lines, ServiceTypes types, boolean move) throws IOException {
        this.lines = lines;
        this.types = types;
        this.move = move;
        this.columns = columns(lines);
    }

    private static List<String> columns(LineReader lines) throws IOException {
        LineReader.Line first = lines.next()
                .orElseThrow(() -> Problem.invalid("body", "is empty; the first line names the columns")
                        .exception());
        List<String> columns = first.complaint().isEmpty() ? cells(first.text()) : null;
        if (columns == null) {
            throw Problem.invalid("body", "the first line can't be read; it names the columns")
                    .exception();
        }
        Set<String> names = new HashSet<>();
        for (String column : columns) {
            if (!KNOWN.contains(column) && !column.startsWith(ATTRIBUTES) && !column.startsWith(SERVICE)) {
                throw Problem.invalid("body", "the first line names an unknown column \"" + shortened(column) + "\"")
                        .exception();
            }
            if (!names.add(column)) {
                throw Problem.invalid("body", "the first line names the column " + column + " twice")
                        .exception();
            }
        }
        if (!names.contains("subscriber")) {
            throw Problem.invalid("body", "the first line names the columns, subscriber among them")
                    .exception();
        }
        return columns;
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    /** The next line that says something; empty at the end of the file. */
    Optional<Line> next() throws IOException {
        for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (!line.get().text().isBlank() || !line.get().complaint().isEmpty()) {
                return Optional.of(read(line.get()));
            }
        }
        return Optional.empty();
    }

    private Line read(LineReader.Line line) throws IOException {
        if (!line.complaint().isEmpty()) {
            return new Bad(line.number(), "", line.complaint());
        }
        List<String> cells = cells(line.text());
        if (cells == null) {
            return new Bad(line.number(), "", "is not CSV: a quote is not closed, or something follows one that is");
        }
        if (cells.size() != columns.size()) {
            return new Bad(
                    line.number(), "", "has " + cells.size() + " cells where the first line has " + columns.size());
        }
        try {
            return checked(line.number(), cells);
        } catch (ProblemException e) {
            Problem.FieldError error = e.problem().errors().getFirst();
            return new Bad(line.number(), error.field(), error.message());
        }
    }

    /** The cells of a line; null where it is not CSV. */
    private static @Nullable List<String> cells(String text) throws IOException {
        try {
            String[] cells = CSV.readValue(text);
            return List.of(cells);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // says no more than that
            return null;
        }
    }

    private Line checked(long number, List<String> cells) {
        SubscriberId subscriber = SubscriberInput.subscriber("subscriber", cell(cells, "subscriber"));
        String type = cell(cells, "service");
        String id = cell(cells, "serviceId");
        var attributes = new TreeMap<String, String>();
        var ofService = new TreeMap<String, String>();
        for (int i = 0; i < cells.size(); i++) {
            String column = columns.get(i);
            if (!cells.get(i).isEmpty()) {
                if (column.startsWith(ATTRIBUTES)) {
                    attributes.put(column.substring(ATTRIBUTES.length()), cells.get(i));
                } else if (column.startsWith(SERVICE)) {
                    ofService.put(column.substring(SERVICE.length()), cells.get(i));
                }
            }
        }
        List<OfService> services = new ArrayList<>();
        if (!type.isEmpty()) {
            ServiceId typeId = SubscriberInput.service("service", type);
            ServiceId service = id.isEmpty() ? typeId : SubscriberInput.service("serviceId", id);
            services.add(new OfService(
                    service, Presence.ANY, null, typeId, patch(ofService, types.of(typeId.value()), SERVICE)));
            if (!sayings.agrees("service\n" + subscriber + "\n" + service, type + "\n" + ofService)) {
                return new Bad(number, "service", "is said otherwise in a line before");
            }
        } else if (!id.isEmpty() || !ofService.isEmpty()) {
            return new Bad(number, "service", "is required with what is said of a service");
        }
        if (!attributes.isEmpty() && !sayings.agrees("subscriber\n" + subscriber, attributes.toString())) {
            return new Bad(
                    number,
                    "subscriber",
                    "has other attributes in a line before: say them once, and leave the rest empty");
        }
        List<Claim> claims = SubscriberInput.claims(
                cell(cells, "deviceId"),
                cell(cells, "oui"),
                cell(cells, "serialNumber"),
                cell(cells, "mac"),
                cell(cells, "circuitId"));
        for (Claim claim : claims) {
            if (!sayings.agrees(claim.kind() + "\n" + claim.value(), subscriber.value())) {
                return new Bad(number, "subscriber", "is not whose " + claim.value() + " is in a line before");
            }
        }
        return new Edit(
                number,
                new SubscriberEdit(
                        subscriber,
                        Presence.ANY,
                        null,
                        patch(attributes, ServiceType.open("subscriber"), ATTRIBUTES),
                        services,
                        claims.stream()
                                .map(claim -> new Wish(subscriber, claim, move))
                                .toList()));
    }

    private String cell(List<String> cells, String column) {
        int place = columns.indexOf(column);
        return place < 0 ? "" : cells.get(place);
    }

    /** {@code portal.password} becomes {@code {"portal": {"password": ...}}}. */
    private static ObjectNode patch(TreeMap<String, String> said, ServiceType type, String prefix) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        said.forEach((path, text) -> {
            ObjectNode object = patch;
            String[] names = path.split("\\.", -1);
            for (int i = 0; i < names.length - 1; i++) {
                JsonNode below = object.get(names[i]);
                if (below != null && !below.isObject()) {
                    throw Problem.invalid(prefix + path, "is below a column that has a value itself")
                            .exception();
                }
                object = below == null ? object.putObject(names[i]) : (ObjectNode) below;
            }
            object.set(names[names.length - 1], type.read(path, text));
        });
        return patch;
    }
}
