package org.homeward.kit.query;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.homeward.kit.rest.Cursor;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * An order of rows and the way to go on after one of them. Rows without a value come last, in either direction.
 *
 * @param order as callers write it; cursors belong to it
 * @param id SQL expression of a unique text column, which orders what is equal
 */
public record Sort(String order, Field field, boolean descending, String id) {

    /** What stands behind {@code order by}. */
    public String orderBy() {
        String direction = descending ? " desc" : " asc";
        return field.column() + direction + " nulls last, " + id + direction;
    }

    /** The cursor that leads past a row. @param value of the sort field as ISO-8601 or plain text; null for none */
    public Cursor after(@Nullable Object value, String rowId) {
        List<@Nullable String> values = new ArrayList<>();
        values.add(value == null ? null : value.toString());
        values.add(rowId);
        return new Cursor(order, values);
    }

    /**
     * The rows after a cursor; all where there is none.
     *
     * @throws ProblemException HTTP 400 when it is not a cursor of this order
     */
    public Condition startingAfter(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return Condition.ALWAYS;
        }
        List<@Nullable String> values = Cursor.decode(cursor, order).values();
        String rowId = values.size() == 2 ? values.getLast() : null;
        if (rowId == null) {
            throw Problem.invalid("cursor", "is not one that this list gave out")
                    .exception();
        }
        String beyond = descending ? " < ?" : " > ?";
        String value = values.getFirst();
        if (value == null) {
            return Condition.of("(" + field.column() + " is null and " + id + beyond + ")", rowId);
        }
        Object typed = typed(value);
        return Condition.of(
                "(" + field.column() + beyond + " or (" + field.column() + " = ? and " + id + beyond + ") or "
                        + field.column() + " is null)",
                typed,
                typed,
                rowId);
    }

    private Object typed(String value) {
        try {
            return Comparison.value(field, value);
        } catch (ProblemException | DateTimeException e) {
            ProblemException problem = Problem.invalid("cursor", "is not one that this list gave out")
                    .exception();
            problem.addSuppressed(e);
            throw problem;
        }
    }
}
