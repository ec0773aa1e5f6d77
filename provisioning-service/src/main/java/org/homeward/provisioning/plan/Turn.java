package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.plan.GatewayCommand;
import org.homeward.provisioning.profile.ActiveProfiles;
import org.homeward.provisioning.profile.Facts;
import org.homeward.provisioning.reconcile.Hearing;
import org.homeward.provisioning.reconcile.Reconciler;

/** The making of one decision: the ledger as it stands, and the effects so far. Lives for one call. */
final class Turn {

    final PlanPolicy policy;
    final ConnectionSecrets secrets;
    final Reconciler reconciler;
    final Hearing hearing;
    final ActiveProfiles profiles;
    final Experience experience;
    final Pace pace;
    final Instant now;
    private final List<Effect> effects = new ArrayList<>(2);
    DeviceLedger ledger;

    Turn(
            PlanPolicy policy,
            ConnectionSecrets secrets,
            Reconciler reconciler,
            Hearing hearing,
            ActiveProfiles profiles,
            Experience experience,
            Pace pace,
            DeviceLedger ledger,
            Instant now) {
        this.policy = policy;
        this.secrets = secrets;
        this.reconciler = reconciler;
        this.hearing = hearing;
        this.profiles = profiles;
        this.experience = experience;
        this.pace = pace;
        this.ledger = ledger;
        this.now = now;
    }

    /** What profiles may ask about the device. @param reported what it says of the parameters that they name */
    Facts facts(Map<String, String> reported) {
        OpenSession session = ledger.session();
        return ledger.facts(reported, session == null ? List.of() : session.events(), now);
    }

    void send(OpenSession session, GatewayCommand command) {
        effects.add(new Effect.Send(session.replyTo(), command));
    }

    void announce(OrderEvent event) {
        effects.add(new Effect.Announce(event));
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    Decision decided() {
        return new Decision(ledger, effects);
    }
}
