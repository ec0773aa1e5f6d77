package org.homeward.registry.store;

import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import java.util.function.Supplier;
import org.homeward.kit.consumer.DependencyUnavailable;

/** Tells a MongoDB that is away from one that refuses what it was given. */
public final class MongoCalls {

    private MongoCalls() {}

    /** @throws DependencyUnavailable when the database is away; then nothing is wrong with the call itself */
    public static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (MongoSocketException
                | MongoClientException
                | MongoNotPrimaryException
                | MongoNodeIsRecoveringException
                | MongoInterruptedException e) {
            throw away(e);
        }
    }

    private static DependencyUnavailable away(MongoException e) {
        return new DependencyUnavailable("what devices reported can't be reached", e);
    }
}
