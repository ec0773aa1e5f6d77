package org.homeward.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.homeward.simulator.soap.Element;
import org.homeward.simulator.soap.Envelope;
import org.homeward.simulator.soap.MalformedEnvelopeException;

/**
 * What a recorded CPE would say to RPCs that were put to it in another order, of other size, or not at all. The XML of
 * names and values stays as it was recorded, only their selection is new.
 */
final class RecordedAnswers {
    private static final Pattern VALUE_STRUCT = struct("ParameterValueStruct");
    private static final Pattern INFO_STRUCT = struct("ParameterInfoStruct");
    private static final Pattern NAME = Pattern.compile("<(?:[\\w-]+:)?Name\\b[^>]*>([^<]*)<");
    private static final Pattern LIST = Pattern.compile(
            "(?s)(<(?:[\\w-]+:)?ParameterList\\b[^>]*?)(\\[\\d*])?([\"'][^>]*)?>.*</((?:[\\w-]+:)?ParameterList)>");
    private static final Pattern ID = Pattern.compile("(?s)(<(?:[\\w-]+:)?ID\\b[^>]*>)[^<]*(</)");

    private record Pair(Envelope request, String answerXml, boolean fault) {}

    private final List<Pair> pairs = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final TreeMap<String, String> names = new TreeMap<>();

    RecordedAnswers(Transcript transcript) {
        List<Transcript.Exchange> exchanges = transcript.exchanges();
        for (int i = 0; i < exchanges.size(); i++) {
            String xml = exchanges.get(i).request().body();
            collect(VALUE_STRUCT, xml, values);
            collect(INFO_STRUCT, xml, names);
            Transcript.Message before = i == 0 ? null : exchanges.get(i - 1).reply();
            if (before != null && !before.isEmpty() && !xml.isBlank()) {
                Optional<Envelope> request = parse(before.body());
                Optional<Envelope> answer = parse(xml);
                if (request.isPresent() && answer.isPresent() && answers(answer.get(), request.get())) {
                    pairs.add(new Pair(request.get(), xml, answer.get().name().equals("Fault")));
                }
            }
        }
    }

    private static Pattern struct(String name) {
        return Pattern.compile("(?s)<((?:[\\w-]+:)?" + name + ")\\b[^>]*>.*?</\\1>");
    }

    private static boolean answers(Envelope answer, Envelope request) {
        return answer.name().equals("Fault") || answer.name().equals(request.name() + "Response");
    }

    private static void collect(Pattern struct, String xml, Map<String, String> into) {
        Matcher matcher = struct.matcher(xml);
        while (matcher.find()) {
            Matcher name = NAME.matcher(matcher.group());
            if (name.find()) {
                into.put(name.group(1).strip(), matcher.group());
            }
        }
    }

    static Optional<Envelope> parse(String xml) {
        try {
            return Optional.of(Envelope.parse(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedEnvelopeException e) {
            return Optional.empty();
        }
    }

    /** The recorded answer with the live ID; empty when the recording has nothing that fits. */
    Optional<String> to(Envelope request) {
        Optional<String> xml = switch (request.name()) {
            case "GetParameterValues" -> exact(request).or(() -> selectValues(request));
            case "GetParameterNames" -> exact(request).or(() -> selectNames(request));
            default ->
                exact(request).or(() -> ofMethod(request.name(), false)).or(() -> ofMethod(request.name(), true));
        };
        return xml.map(x -> withId(x, request.id() == null ? "" : request.id()));
    }

    private Optional<String> exact(Envelope request) {
        return pairs.stream()
                .filter(p -> p.request().name().equals(request.name()))
                .filter(p -> same(p.request().payload(), request.payload()))
                .map(Pair::answerXml)
                .findFirst();
    }

    /** Equal but for attributes and white space. */
    private static boolean same(Element a, Element b) {
        if (!a.name().equals(b.name()) || a.children().size() != b.children().size()) {
            return false;
        }
        for (int i = 0; i < a.children().size(); i++) {
            if (!same(a.children().get(i), b.children().get(i))) {
                return false;
            }
        }
        return !a.children().isEmpty() || a.text().strip().equals(b.text().strip());
    }

    private Optional<String> ofMethod(String method, boolean fault) {
        return pairs.stream()
                .filter(p -> p.request().name().equals(method) && p.fault() == fault)
                .map(Pair::answerXml)
                .findFirst();
    }

    private Optional<String> selectValues(Envelope request) {
        List<String> selected = new ArrayList<>();
        List<Element> asked = request.payload()
                .child("ParameterNames")
                .map(l -> l.children("string"))
                .orElse(List.of());
        for (Element element : asked) {
            String name = element.text().strip();
            List<String> found = values.entrySet().stream()
                    .filter(e -> name.isEmpty() || name.endsWith(".")
                            ? e.getKey().startsWith(name)
                            : e.getKey().equals(name))
                    .map(Map.Entry::getValue)
                    .toList();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            selected.addAll(found);
        }
        return ofMethod(request.name(), false).map(shell -> withList(shell, selected));
    }

    private Optional<String> selectNames(Envelope request) {
        String path = request.payload().childText("ParameterPath");
        boolean nextLevel = request.payload().childFlag("NextLevel");
        List<String> selected = names.subMap(path, path + '\uffff').entrySet().stream()
                .filter(e -> !nextLevel || isChild(path, e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return selected.isEmpty()
                ? Optional.empty()
                : ofMethod(request.name(), false).map(shell -> withList(shell, selected));
    }

    private static boolean isChild(String path, String name) {
        int dot = name.indexOf('.', path.length());
        return name.length() > path.length() && (dot < 0 || dot == name.length() - 1);
    }

    private static String withList(String shell, List<String> structs) {
        String content = structs.stream().collect(Collectors.joining());
        Matcher matcher = LIST.matcher(shell);
        return matcher.replaceFirst(m -> {
            String rest = m.group(3) == null ? "" : m.group(3);
            String count = m.group(2) == null ? "" : "[" + structs.size() + "]";
            return Matcher.quoteReplacement(m.group(1) + count + rest + ">" + content + "</" + m.group(4) + ">");
        });
    }

    static String withId(String xml, String id) {
        return ID.matcher(xml).replaceFirst("$1" + Matcher.quoteReplacement(id) + "$2");
    }
}
