package org.homeward.simulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a CPE has to do once the running session is over. */
final class SessionEffects {
    /** Command key of a Reboot, null when none was asked for. */
    @Nullable
    String rebootKey;

    boolean factoryReset;
    boolean acsUrlChanged;
    boolean periodicInformChanged;
    boolean stunChanged;
    boolean xmppChanged;
    /** What else is to be done, in order. */
    final List<Runnable> afterwards = new ArrayList<>(0);
    /** Objects whose DiagnosticsState was set to Requested. */
    final Set<String> diagnostics = new LinkedHashSet<>();
}
