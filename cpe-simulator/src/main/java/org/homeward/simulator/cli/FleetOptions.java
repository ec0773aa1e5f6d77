package org.homeward.simulator.cli;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.homeward.simulator.CpeIdentity;
import org.homeward.simulator.CpeOptions;
import org.homeward.simulator.Credentials;
import org.homeward.simulator.Pace;
import org.homeward.simulator.SimulatedCpe;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.behaviour.MisbehaviourMix;
import org.homeward.simulator.fleet.Fleet;
import org.homeward.simulator.model.BaseModel;
import org.homeward.simulator.model.Models;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which devices there are, and how they behave. */
final class FleetOptions {
    private static final Set<Misbehaviour> OF_FIRMWARE = EnumSet.of(
            Misbehaviour.BRICKS, Misbehaviour.BOOT_LOOPS, Misbehaviour.CLAIMS_SUCCESS, Misbehaviour.CLAIMS_FAILURE);
    private static final Duration BOOT_TIME = Duration.ofSeconds(5);
    private static final Duration BETWEEN_FIRST_CONTACTS = Duration.ofMillis(20);

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Nullable
    @Option(
            names = "--acs",
            paramLabel = "URL",
            converter = Converters.AcsUrl.class,
            description = "where the devices call home, such as http://127.0.0.1:7547/")
    URI acs;

    @Option(
            names = "--count",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "how many devices (1)")
    int count = 1;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            converter = Converters.Model.class,
            description = "tr181, tr098, mixed or a file: .csv (GenieACS export) or our own form (mixed)")
    Converters.ModelChoice model = new Converters.ModelChoice(List.of(Models.tr181(), Models.tr098()));

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "PeriodicInformInterval as it left the factory (24h)")
    Duration interval = Duration.ofDays(1);

    @Option(
            names = "--username",
            paramLabel = "U",
            description = "HTTP user name; {serial} and {id} stand for the device's own")
    String username = "";

    @Option(names = "--password", paramLabel = "P", description = "HTTP password; the same")
    String password = "";

    @Option(names = "--basic", description = "send Basic ahead of any challenge, rather than answer Digest")
    boolean basic;

    @Option(names = "--known", description = "the devices have met their ACS before: no 0 BOOTSTRAP")
    boolean known;

    @Nullable
    @Option(
            names = "--spread",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "over which the first contacts are spread (a second for 50 devices)")
    Duration spread;

    @Option(names = "--seed", paramLabel = "S", description = "of everything left to chance (1)")
    long seed = 1;

    @Option(
            names = "--speed",
            paramLabel = "X",
            converter = Converters.Speed.class,
            description = "how much faster the devices' time goes by (1)")
    double speed = 1;

    @Option(
            names = "--misbehave",
            paramLabel = "MIX",
            converter = Converters.Mix.class,
            description = "which share of the devices does what wrong, such as slow=5%%,drops=1%%,odd-xml")
    MisbehaviourMix misbehave = MisbehaviourMix.none();

    @Option(
            names = "--firmware",
            paramLabel = "MIX",
            converter = Converters.Mix.class,
            description = "how new firmware turns out: bricks=2%%,boot-loops=1%%,claims-success=1%%,claims-failure=1%%")
    MisbehaviourMix firmware = MisbehaviourMix.none();

    /** The devices, none of which has made contact yet. */
    Fleet build(boolean retries) {
        return Fleet.of(acs(), count)
                .models(model.inTurn().toArray(BaseModel[]::new))
                .seed(seed)
                .options(options(retries))
                .misbehave(mix())
                .known(known)
                .credentials(this::credentials)
                .build();
    }

    URI acs() {
        if (acs == null) {
            throw wrong("--acs URL is missing");
        }
        return acs;
    }

    Duration spread() {
        return spread == null ? BETWEEN_FIRST_CONTACTS.multipliedBy(count) : spread;
    }

    Credentials credentials(CpeIdentity identity) {
        String user = fill(username, identity);
        String pass = fill(password, identity);
        return basic ? Credentials.basic(user, pass) : Credentials.digest(user, pass);
    }

    private static String fill(String text, CpeIdentity identity) {
        return text.replace("{serial}", identity.serial()).replace("{id}", identity.deviceId());
    }

    private CpeOptions options(boolean retries) {
        return SimulatedCpe.builder(acs())
                .periodicInform(interval)
                .retryScale(retries ? 1 : 0)
                .bootTime(BOOT_TIME)
                .pace(Pace.times(speed))
                .options();
    }

    private MisbehaviourMix mix() {
        Map<Misbehaviour, Double> all = new EnumMap<>(Misbehaviour.class);
        all.putAll(misbehave.shares());
        firmware.shares().forEach((kind, share) -> {
            if (!OF_FIRMWARE.contains(kind)) {
                throw wrong("Invalid value for option '--firmware': " + kind.text()
                        + " is not about firmware; there are "
                        + String.join(
                                ", ",
                                OF_FIRMWARE.stream().map(Misbehaviour::text).toList()));
            }
            all.put(kind, share);
        });
        return new MisbehaviourMix(all);
    }

    void refuseAllBut(Set<String> allowed, String why) {
        for (OptionSpec typed : spec().commandLine().getParseResult().matchedOptions()) {
            if (!allowed.contains(typed.longestName())) {
                throw wrong(typed.longestName() + " " + why);
            }
        }
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }
}
