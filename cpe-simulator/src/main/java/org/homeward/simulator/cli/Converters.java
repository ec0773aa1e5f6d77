package org.homeward.simulator.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.homeward.simulator.behaviour.MisbehaviourMix;
import org.homeward.simulator.figures.Expectations;
import org.homeward.simulator.model.BaseModel;
import org.homeward.simulator.model.Models;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What is typed behind options, read; what cannot be read is refused with the reason, and the option is named. */
final class Converters {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|)");

    private Converters() {}

    private static <T> T read(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static int number(String text, int min, int max) {
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max) {
            return Integer.parseInt(text);
        }
        throw new TypeConversionException("a whole number from " + min + " to " + max + " is needed, not " + text);
    }

    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, 1_000_000);
        }
    }

    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 0, 65_535);
        }
    }

    /** Seconds unless it says otherwise: {@code 90}, {@code 500ms}, {@code 15m}, {@code 1h}. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "a time is needed, such as 90 (seconds), 500ms, 15m or 1h, not " + text);
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofSeconds(number);
            };
        }
    }

    static final class Speed implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (text.matches("\\d{1,6}(\\.\\d{1,6})?") && Double.parseDouble(text) > 0) {
                return Double.parseDouble(text);
            }
            throw new TypeConversionException("a factor above 0 is needed, such as 60, not " + text);
        }
    }

    static final class AcsUrl implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                URI uri = new URI(text);
                if (uri.getHost() != null && uri.getScheme().matches("https?")) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                throw new TypeConversionException("no URL: " + e.getMessage());
            }
            throw new TypeConversionException("an http or https URL with a host is needed, not " + text);
        }
    }

    /** The models that a fleet takes in turn. */
    record ModelChoice(List<BaseModel> inTurn) {}

    static final class Model implements ITypeConverter<ModelChoice> {
        @Override
        public ModelChoice convert(String text) {
            return switch (text) {
                case "tr181" -> new ModelChoice(List.of(Models.tr181()));
                case "tr098" -> new ModelChoice(List.of(Models.tr098()));
                case "mixed" -> new ModelChoice(List.of(Models.tr181(), Models.tr098()));
                default -> new ModelChoice(List.of(read(text, Model::file)));
            };
        }

        private static BaseModel file(String text) {
            Path file = Path.of(text);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new IllegalArgumentException("tr181, tr098, mixed or a readable file is needed, not " + text);
            }
            return Models.load(file);
        }
    }

    static final class Mix implements ITypeConverter<MisbehaviourMix> {
        @Override
        public MisbehaviourMix convert(String text) {
            return read(text, MisbehaviourMix::parse);
        }
    }

    static final class Expect implements ITypeConverter<Expectations> {
        @Override
        public Expectations convert(String text) {
            return read(text, Expectations::parse);
        }
    }

    static final class ReadableFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            Path file = read(text, Path::of);
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new TypeConversionException("a readable file is needed, not " + text);
            }
            return file;
        }
    }
}
