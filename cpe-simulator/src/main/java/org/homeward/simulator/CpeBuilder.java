package org.homeward.simulator;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.behaviour.MisbehaviourMix;
import org.homeward.simulator.diagnostic.Air;
import org.homeward.simulator.model.BaseModel;
import org.homeward.simulator.model.Models;
import org.jspecify.annotations.Nullable;

/** Describes a CPE to be started. Without further words: a TR-181 gateway without credentials. */
public final class CpeBuilder {
    private static final SecureRandom RANDOM = new SecureRandom();
    final URI acs;
    BaseModel model = Models.tr181();
    Credentials credentials = Credentials.none();
    private CpeOptions options = CpeOptions.defaults();
    private @Nullable CpeOptionsDraft draft;

    @Nullable
    CpeHost host;

    @Nullable
    RpcHook hook;

    @Nullable
    Consumer<SessionReport> onSession;

    @Nullable
    BiConsumer<CpeIdentity, Effect> onEffect;

    Set<Misbehaviour> misbehaviours = Set.of();
    boolean bootstrapped;
    private @Nullable Long seed;
    private String manufacturer = "Homeward";
    private String oui = "02A7C3";
    private @Nullable String productClass;
    private String serial = "HW000001";

    CpeBuilder(URI acs) {
        this.acs = acs;
    }

    public CpeBuilder model(BaseModel base) {
        this.model = base;
        return this;
    }

    public CpeBuilder serial(String text) {
        this.serial = text;
        return this;
    }

    /** Six hexadecimal digits. */
    public CpeBuilder oui(String text) {
        this.oui = text;
        return this;
    }

    /** The default is that of the data model: {@code HG-2400} or {@code HG-1100}. */
    public CpeBuilder productClass(String text) {
        this.productClass = text;
        return this;
    }

    public CpeBuilder identity(CpeIdentity identity) {
        manufacturer = identity.manufacturer();
        return oui(identity.oui()).productClass(identity.productClass()).serial(identity.serial());
    }

    public CpeBuilder credentials(Credentials factory) {
        this.credentials = factory;
        return this;
    }

    /** All options at once; what was said about single ones before is forgotten. */
    public CpeBuilder options(CpeOptions all) {
        this.options = all;
        this.draft = null;
        return this;
    }

    /** Shares a timer and a connection-request listener with others; else the CPE has its own. */
    public CpeBuilder host(CpeHost shared) {
        this.host = shared;
        return this;
    }

    public CpeBuilder onRpc(RpcHook first) {
        this.hook = first;
        return this;
    }

    /** Is told of each session's end. */
    public CpeBuilder onSession(Consumer<SessionReport> listener) {
        this.onSession = listener;
        return this;
    }

    /** A device that has met its ACS before: it starts without {@code 0 BOOTSTRAP} and {@code 1 BOOT}. */
    public CpeBuilder bootstrapped() {
        this.bootstrapped = true;
        return this;
    }

    /** Never returns a cookie. */
    public CpeBuilder withoutCookies() {
        draft().cookies = false;
        return this;
    }

    public CpeBuilder connectionPerRequest() {
        draft().connectionPerRequest = true;
        return this;
    }

    public CpeBuilder chunkedRequests() {
        draft().chunkedRequests = true;
        return this;
    }

    public CpeBuilder gzipRequests() {
        draft().gzipRequests = true;
        return this;
    }

    public CpeBuilder asksRpcMethods() {
        draft().asksRpcMethods = true;
        return this;
    }

    /** Fault 9004 for answers of more parameters than this. */
    public CpeBuilder responseCap(int parameters) {
        draft().responseCap = parameters;
        return this;
    }

    public CpeBuilder duringSession(CpeOptions.DuringSession policy) {
        draft().duringSession = policy;
        return this;
    }

    public CpeBuilder bootTime(Duration time) {
        draft().bootTime = time;
        return this;
    }

    /** Factor on the standard's waiting times before a retry; 0 for no retry. */
    public CpeBuilder retryScale(double factor) {
        draft().retryScale = factor;
        return this;
    }

    public CpeBuilder timeout(Duration time) {
        draft().timeout = time;
        return this;
    }

    public CpeBuilder cwmpNamespace(String uri) {
        draft().cwmpNamespace = uri;
        return this;
    }

    /** PeriodicInformInterval as it left the factory. */
    public CpeBuilder periodicInform(Duration interval) {
        draft().periodicInform = interval;
        return this;
    }

    /** Trust for {@code https}, where the JVM's own will not do. */
    public CpeBuilder tls(SSLContext context) {
        draft().tls = context;
        return this;
    }

    public CpeBuilder clock(Clock clock) {
        draft().pace = new Pace(clock, 1);
        return this;
    }

    /** How fast the device's time goes by; devices that share one {@link Pace} share the time. */
    public CpeBuilder pace(Pace pace) {
        draft().pace = pace;
        return this;
    }

    /** How long a slow one takes to send a request. */
    public CpeBuilder slowRequest(Duration time) {
        draft().slowRequest = time;
        return this;
    }

    /** How often one that boots in a loop does so before new firmware holds. */
    public CpeBuilder bootLoops(int times) {
        draft().bootLoops = times;
        return this;
    }

    /** Connection requests that come sooner after another get HTTP 503 (TR-069 3.2.2). */
    public CpeBuilder connectionRequestGap(Duration time) {
        draft().connectionRequestGap = time;
        return this;
    }

    /** What Wi-Fi networks it hears; by default that is left to chance. */
    public CpeBuilder air(Air air) {
        draft().air = air;
        return this;
    }

    /** What it does wrong; replaces what was said before. */
    public CpeBuilder misbehaves(Misbehaviour... ways) {
        return misbehaves(Set.of(ways));
    }

    /** The same, as a fleet draws it; see {@link MisbehaviourMix#drawnBy}. */
    public CpeBuilder misbehaves(Set<Misbehaviour> ways) {
        misbehaviours = Set.copyOf(ways);
        return this;
    }

    /** Everything about the device that is left to chance follows from this; by default from its identity. */
    public CpeBuilder seed(long number) {
        this.seed = number;
        return this;
    }

    /** Is told of everything that the ACS does to the device and that shows; see {@link EffectLedger}. */
    public CpeBuilder onEffect(BiConsumer<CpeIdentity, Effect> listener) {
        this.onEffect = listener;
        return this;
    }

    /** Keeps the XML of all messages in the session reports. */
    public CpeBuilder keepBodies() {
        draft().keepsBodies = true;
        return this;
    }

    private CpeOptionsDraft draft() {
        if (draft == null) {
            draft = new CpeOptionsDraft(options);
        }
        return draft;
    }

    /** The options as they stand, to be shared by others. */
    public CpeOptions options() {
        return draft == null ? options : draft.toOptions();
    }

    CpeIdentity identity() {
        String pc = productClass != null ? productClass : model.root().equals("Device.") ? "HG-2400" : "HG-1100";
        return new CpeIdentity(manufacturer, oui, pc, serial);
    }

    long seed() {
        return seed == null ? identity().hash() : seed;
    }

    String connectionRequestPath() {
        return "/" + Long.toHexString(RANDOM.nextLong()) + Long.toHexString(RANDOM.nextLong());
    }

    /** A CPE that is there but waits for {@code informNow} or a connection request. */
    public SimulatedCpe build() {
        return new SimulatedCpe(this);
    }

    /** A CPE that makes first contact at once. */
    public SimulatedCpe start() {
        SimulatedCpe cpe = build();
        cpe.start();
        return cpe;
    }
}
