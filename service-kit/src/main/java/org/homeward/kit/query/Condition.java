package org.homeward.kit.query;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a where clause.
 *
 * @param sql with {@code ?} for each parameter
 * @param parameters in order; {@code String}, {@code Long}, {@code Boolean}, {@code OffsetDateTime} or
 *     {@code String[]}
 */
public record Condition(String sql, List<Object> parameters) {

    /** Holds for every row. */
    public static final Condition ALWAYS = new Condition("true", List.of());

    public Condition {
        parameters = List.copyOf(parameters);
    }

    public static Condition of(String sql, Object... parameters) {
        return new Condition(sql, List.of(parameters));
    }

    /** Both. */
    public Condition and(Condition other) {
        return joined(" and ", List.of(this, other));
    }

    static Condition joined(String operator, List<Condition> parts) {
        List<Object> parameters = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        for (Condition part : parts) {
            sql.add(part.sql());
            parameters.addAll(part.parameters());
        }
        return new Condition("(" + String.join(operator, sql) + ")", parameters);
    }
}
