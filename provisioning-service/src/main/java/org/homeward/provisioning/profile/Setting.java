package org.homeward.provisioning.profile;

import java.time.Instant;
import java.util.Map;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a profile says, ready to be evaluated.
 *
 * @param name path, capability, or column
 * @param field where in the document it stands
 * @param expression null where {@code text} is the value for every device
 * @param chosen when the subscriber of the device chose it; null where an operator says so
 */
record Setting(
        String name,
        String field,
        @Nullable Expression expression,
        String text,
        ValueType type,
        UserChange userChange,
        @Nullable Instant chosen) {

    Setting(
            String name,
            String field,
            @Nullable Expression expression,
            String text,
            ValueType type,
            UserChange userChange) {
        this(name, field, expression, text, type, userChange, null);
    }

    static Setting fixed(String name, String field, String text) {
        return new Setting(name, field, null, text, ValueType.UNKNOWN, UserChange.UNSAID);
    }

    Expression.Outcome evaluate(Map<String, Object> facts) {
        return expression == null ? new Expression.Outcome.Gave(text) : expression.text(facts);
    }
}
