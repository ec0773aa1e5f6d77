package org.homeward.provisioning;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.homeward.provisioning.plan.WaySettings;
import org.jspecify.annotations.Nullable;

/** What devices are told of the ways by which they can be reached behind NAT. */
public interface ReachConfig {

    /** Whether they are told anything of it. What they were told before stays. */
    @WithDefault("true")
    boolean setUp();

    Stun stun();

    Xmpp xmpp();

    /** Of the STUN server (TR-069 Annex G). */
    interface Stun {

        /** Whether devices are told of it; they are where its address is given. */
        Optional<Boolean> enabled();

        /** Where devices find it; without, devices are told nothing, or that it is where their ACS is, if enabled. */
        Optional<String> serverAddress();

        @Min(1)
        @Max(65535)
        @WithDefault("3478")
        int serverPort();

        /** How long a device may be silent at least: less is too much traffic. */
        @WithDefault("30s")
        Duration shortestKeepAlive();

        /** How long at most, where its NAT waits so long. */
        @WithDefault("60s")
        Duration longestKeepAlive();

        /** After which silence the connector counts a device as gone: its {@code binding-lifetime}. */
        @WithDefault("3m")
        Duration bindingLifetime();
    }

    /** Of the XMPP server (TR-069 Annex K). */
    interface Xmpp {

        /** Whether devices are told of it where its domain is given. */
        @WithDefault("true")
        boolean enabled();

        /** Behind the {@code @} of every account; without, devices are told nothing of XMPP. */
        Optional<String> domain();

        /** Of a device's JID. */
        @WithDefault("cwmp")
        String resource();

        /** The connector's account before the {@code @}: from whom devices take connection requests. */
        @WithDefault("homeward")
        String connectorLocalpart();

        /** Where devices find the server; without, DNS says that for the domain. */
        Optional<String> serverAddress();

        @Min(1)
        @Max(65535)
        @WithDefault("5222")
        int serverPort();
    }

    /**
     * All of this as the core takes it.
     *
     * @throws IllegalArgumentException for what can't work, and why
     */
    default WaySettings ways() {
        return setUp() ? new WaySettings(stunSettings(), xmppSettings()) : WaySettings.NONE;
    }

    private WaySettings.@Nullable Stun stunSettings() {
        Stun stun = stun();
        if (!stun.enabled().orElse(stun.serverAddress().isPresent())) {
            return null;
        }
        Duration shortest = stun.shortestKeepAlive();
        Duration longest = stun.longestKeepAlive();
        require(shortest.toSeconds() >= 1, "shortest-keep-alive is less than a second");
        require(shortest.compareTo(longest) <= 0, "shortest-keep-alive is longer than longest-keep-alive");
        require(
                longest.compareTo(stun.bindingLifetime()) < 0,
                "longest-keep-alive has to be shorter than the stun-connector's binding-lifetime of "
                        + stun.bindingLifetime().toSeconds() + " s, or devices count as gone that are not");
        return new WaySettings.Stun(stun.serverAddress().orElse(""), stun.serverPort(), shortest, longest);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("homeward.provisioning.reach.stun." + otherwise);
        }
    }

    private WaySettings.@Nullable Xmpp xmppSettings() {
        Xmpp xmpp = xmpp();
        return xmpp.enabled() && xmpp.domain().isPresent()
                ? new WaySettings.Xmpp(
                        xmpp.domain().get(),
                        xmpp.resource(),
                        xmpp.connectorLocalpart() + '@' + xmpp.domain().get(),
                        xmpp.serverAddress().orElse(""),
                        xmpp.serverPort())
                : null;
    }
}
