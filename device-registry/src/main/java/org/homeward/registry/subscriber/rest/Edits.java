package org.homeward.registry.subscriber.rest;

import java.sql.SQLException;
import java.util.List;
import org.homeward.kit.rest.ProblemException;
import org.homeward.kit.security.Caller;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.store.Subscribers;

/** A single edit of a caller. */
final class Edits {

    private Edits() {}

    /** @throws ProblemException what there is to say against it */
    static Subscribers.Taken require(Subscribers subscribers, Caller caller, SubscriberEdit edit) throws SQLException {
        return switch (subscribers
                .apply(caller.tenant(), List.of(edit), caller.name())
                .getFirst()) {
            case Subscribers.Taken taken -> taken;
            case Subscribers.Refused refused -> throw refused.problem().exception();
        };
    }
}
