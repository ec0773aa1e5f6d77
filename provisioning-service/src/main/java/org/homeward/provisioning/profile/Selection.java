package org.homeward.provisioning.profile;

import java.util.List;
import org.homeward.provisioning.profile.Expression.Outcome;

/** Devices that somebody chose, by a condition like that of a profile. */
public final class Selection {

    private final Expression condition;

    private Selection(Expression condition) {
        this.condition = condition;
    }

    /** @param errors what is wrong with the condition; then all devices are chosen */
    public static Selection of(String condition, String field, List<DocumentError> errors) {
        return new Selection(Expressions.condition(condition, field, errors)
                .orElseGet(() -> Expressions.condition("true", field, errors).orElseThrow()));
    }

    /** Whether the device was chosen; one of which that can't be said was not. */
    public boolean includes(Facts facts) {
        return condition.alwaysTrue()
                || condition.evaluate(facts.byName()) instanceof Outcome.Gave(Boolean truth) && truth;
    }
}
