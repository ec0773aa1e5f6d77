package org.homeward.kit.consumer;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.RetriableException;
import org.homeward.kit.events.BrokerUnavailable;
import org.jspecify.annotations.Nullable;

/** What a handler's failure means for its batch. */
enum FailureKind {
    /** Something is down, or lost a race: the same batch may succeed later. */
    PASSING,
    /** Another instance owns the partitions by now. */
    STALE,
    /** An event of the batch can't be handled. */
    EVENT;

    /**
     * Classes of SQLSTATE that say nothing about the data: connection, rollback by the server (deadlock,
     * serialization), resources, operator, system, and a replica that is not writable yet.
     */
    private static final Set<String> PASSING_SQL = Set.of("08", "25", "40", "53", "55", "57", "58");

    static FailureKind of(Throwable failure, Predicate<Throwable> alsoPassing) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof StalePosition) {
                return STALE;
            }
            if (isPassing(cause) || alsoPassing.test(cause)) {
                return PASSING;
            }
        }
        return EVENT;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    private static boolean isPassing(Throwable cause) {
        return switch (cause) {
            case DependencyUnavailable away -> true;
            case BrokerUnavailable away -> true;
            case RetriableException kafka -> true;
            case InterruptedException stopping -> true;
            case SQLTransientException sql -> true;
            case SQLRecoverableException sql -> true;
            case SQLException sql -> isPassing(sql.getSQLState());
            default -> false;
        };
    }

    /** A pool that has no connection to give says so without a state. */
    private static boolean isPassing(@Nullable String sqlState) {
        return sqlState == null || sqlState.length() == 5 && PASSING_SQL.contains(sqlState.substring(0, 2));
    }
}
