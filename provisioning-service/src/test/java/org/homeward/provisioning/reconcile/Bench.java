package org.homeward.provisioning.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.DeviceIdentity;
import org.homeward.contracts.session.InformEvent;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Desired;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.profile.Given;
import org.homeward.provisioning.profile.Merge;
import org.homeward.provisioning.profile.RawPaths;
import org.homeward.provisioning.reconcile.Move.Chore;

/** A box on the bench, with the reconciler at the other end of its sessions. */
final class Bench {

    static final int MOST_PLANS = 20;

    static final Secrecy SECRECY = new Secrecy() {
        @Override
        public String seal(String clear) {
            return "v1.sealed";
        }

        @Override
        public Optional<String> passOn(String sealed) {
            return Optional.of(sealed);
        }

        @Override
        public String fingerprint(String secret) {
            return "fingerprint of " + secret.length();
        }
    };

    final Reconciler reconciler = new Reconciler(new RawPaths(), SECRECY);
    final Hearing hearing =
            new Hearing(new Patience(5, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(120)));
    final Box box;
    ActiveProfiles profiles = ActiveProfiles.NONE;
    Map<String, Map<String, Object>> services = Map.of();
    Standing standing = Standing.NONE;
    Instant now = Given.NOW;
    List<String> events = List.of();
    private int sessions;

    Bench(Box box, String... profiles) {
        this.box = box;
        this.profiles = Given.active(profiles);
    }

    private Facts facts(Map<String, String> reported) {
        return new Facts(Given.KEY, "Acme", "Device.", "1", "A", Set.of(), Map.of(), services, reported, events, now);
    }

    Desired desired() {
        return Merge.of(profiles, facts(Planning.reported(standing, profiles)), new RawPaths());
    }

    Judgement.State state(String path) {
        return Judgement.of(
                        path,
                        Objects.requireNonNull(desired().values().get(path)),
                        Objects.requireNonNull(standing.items().get(path)),
                        SECRECY,
                        now)
                .state();
    }

    Explanation explanation() {
        return reconciler.explain(standing, profiles, this::facts, now);
    }

    Forecast forecast(String profile) {
        return reconciler.forecast(profile, standing, profiles, this::facts, now);
    }

    /** A whole session; the RPCs that it took. */
    List<String> session(String... codes) {
        return session(Integer.MAX_VALUE, codes);
    }

    /**
     * A session that breaks off before the answer of this RPC arrives, counted from 1; the box has done it. With 0 the
     * plan itself never arrives.
     */
    List<String> session(int lostAnswer, String... codes) {
        box.rpcs.clear();
        events = List.of(codes);
        SessionId session = new SessionId("s" + ++sessions);
        boolean bootstrap = events.contains("0 BOOTSTRAP");
        if (events.contains("1 BOOT")) {
            box.boot();
        }
        standing = hearing.began(standing, inform(session, codes), "Device.", bootstrap, false);
        int answered = 0;
        for (int i = 1; i <= MOST_PLANS; i++) {
            PlanId plan = new PlanId(session.value() + '.' + i);
            Move move = reconciler.next(standing, profiles, this::facts, false, plan, now);
            standing = Reconciler.sent(move, move.chores(), session, plan, now);
            if (move.chores().isEmpty()) {
                break;
            }
            if (lostAnswer == 0) {
                break;
            }
            for (Chore chore : move.chores()) {
                for (Box.Answer answer : box.play(chore.action(), lostAnswer - answered)) {
                    if (++answered == lostAnswer) {
                        standing = hearing.lost(standing, session, null, now);
                        now = now.plusSeconds(1);
                        return List.copyOf(box.rpcs);
                    }
                    standing = hearing.completed(
                            standing,
                            new RpcCompleted(
                                    session,
                                    plan,
                                    chore.command(),
                                    answered,
                                    answer.method(),
                                    answer.request(),
                                    answer.result(),
                                    1,
                                    1,
                                    answer.last(),
                                    false,
                                    1),
                            now);
                }
            }
        }
        standing = hearing.lost(standing, session, null, now);
        now = now.plusSeconds(1);
        return List.copyOf(box.rpcs);
    }

    private InformReceived inform(SessionId session, String... codes) {
        List<ParameterValue> parameters = new ArrayList<>();
        parameters.add(new ParameterValue("Device.ManagementServer.ParameterKey", box.parameterKey, ValueType.STRING));
        return new InformReceived(
                session,
                "gw",
                0,
                now.plusSeconds(5),
                new DeviceIdentity("Acme", "001122", "HG8245", "S12345"),
                Arrays.stream(codes).map(code -> new InformEvent(code, "")).toList(),
                parameters,
                "",
                0,
                "urn:dslforum-org:cwmp-1-2",
                "192.0.2.7",
                new Authentication(Authentication.Scheme.DIGEST, "u", Authentication.Credential.DERIVED));
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }
}
