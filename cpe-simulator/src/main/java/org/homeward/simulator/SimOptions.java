package org.homeward.simulator;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.homeward.simulator.model.BaseModel;
import org.homeward.simulator.model.Models;
import org.jspecify.annotations.Nullable;

/** The command line of {@link Main}, read. */
final class SimOptions {
    static final String USAGE = """
            usage: sim --acs URL [options]

              --acs URL              where the devices call home, such as http://127.0.0.1:7547/acs
              --count N              how many devices (1)
              --model MODEL          tr181, tr098, mixed or a file: .csv (GenieACS export) or our own form (mixed)
              --interval SECONDS     PeriodicInformInterval as it left the factory (86400)
              --username U           HTTP user name; {serial} and {id} stand for the device's own
              --password P           HTTP password; the same
              --basic                send Basic ahead of any challenge, rather than answer Digest
              --spread SECONDS       over which the first contacts are spread (one second per 50 devices)
              --seed S               of the devices' identities (1)
              --once                 one session each, then stop
              --duration SECONDS     stop after this time; without it, on Ctrl-C
              --json                 one JSON object per line

            exit code: 0 all sessions succeeded, 1 some failed, 2 wrong usage
            """;

    /** What was typed makes no sense; the message says why. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    private @Nullable URI acs;
    int count = 1;
    List<BaseModel> models = List.of(Models.tr181(), Models.tr098());
    Duration interval = Duration.ofDays(1);
    String username = "";
    String password = "";
    boolean basic;
    private @Nullable Duration spread;
    long seed = 1;
    boolean once;

    @Nullable
    Duration duration;

    boolean json;

    static SimOptions parse(List<String> args) throws UsageException {
        SimOptions options = new SimOptions();
        Iterator<String> words = args.iterator();
        while (words.hasNext()) {
            options.option(words.next(), words);
        }
        if (options.acs == null) {
            throw new UsageException("--acs URL is missing");
        }
        return options;
    }

    private void option(String name, Iterator<String> words) throws UsageException {
        switch (name) {
            case "--acs" -> acs = url(next(name, words));
            case "--count" -> count = (int) number(name, next(name, words), 1, 1_000_000);
            case "--model" -> models = models(next(name, words));
            case "--interval" -> interval = Duration.ofSeconds(number(name, next(name, words), 1, Integer.MAX_VALUE));
            case "--username" -> username = next(name, words);
            case "--password" -> password = next(name, words);
            case "--basic" -> basic = true;
            case "--spread" -> spread = Duration.ofSeconds(number(name, next(name, words), 0, 86_400));
            case "--seed" -> seed = number(name, next(name, words), Long.MIN_VALUE, Long.MAX_VALUE);
            case "--once" -> once = true;
            case "--duration" -> duration = Duration.ofSeconds(number(name, next(name, words), 1, Integer.MAX_VALUE));
            case "--json" -> json = true;
            default -> throw new UsageException("unknown option " + name);
        }
    }

    private static String next(String name, Iterator<String> words) throws UsageException {
        if (!words.hasNext()) {
            throw new UsageException(name + " needs a value");
        }
        return words.next();
    }

    private static long number(String name, String text, long min, long max) throws UsageException {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(name + " needs a whole number, not " + text);
        }
        throw new UsageException(name + " must be from " + min + " to " + max + ", not " + text);
    }

    private static URI url(String text) throws UsageException {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && uri.getScheme().matches("https?")) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            throw new UsageException("--acs needs a URL, not " + text);
        }
        throw new UsageException("--acs needs an http or https URL with a host, not " + text);
    }

    private static List<BaseModel> models(String text) throws UsageException {
        switch (text) {
            case "tr181" -> {
                return List.of(Models.tr181());
            }
            case "tr098" -> {
                return List.of(Models.tr098());
            }
            case "mixed" -> {
                return List.of(Models.tr181(), Models.tr098());
            }
            default -> {
                Path file = Path.of(text);
                if (!Files.isReadable(file) || Files.isDirectory(file)) {
                    throw new UsageException("--model is tr181, tr098, mixed or a readable file, not " + text);
                }
                try {
                    return List.of(Models.load(file));
                } catch (IllegalArgumentException e) {
                    throw new UsageException("--model " + text + ": " + e.getMessage());
                }
            }
        }
    }

    URI acs() {
        return java.util.Objects.requireNonNull(acs, "parse has checked it");
    }

    Duration spread() {
        return spread == null ? Duration.ofMillis(count * 20L) : spread;
    }

    Credentials credentials(CpeIdentity identity) {
        String user = fill(username, identity);
        String pass = fill(password, identity);
        return basic ? Credentials.basic(user, pass) : Credentials.digest(user, pass);
    }

    private static String fill(String text, CpeIdentity identity) {
        return text.replace("{serial}", identity.serial()).replace("{id}", identity.deviceId());
    }
}
