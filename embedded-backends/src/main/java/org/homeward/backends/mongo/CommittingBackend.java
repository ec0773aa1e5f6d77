package org.homeward.backends.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Answers only when what was written is in the file, so that a killed stand-in has lost nothing that it acknowledged. (It
 * does not wait for the disk: a power cut may still take the last of it.)
 *
 * <p>A store that cannot write, for want of room say, is closed for good. Then the process ends, so that whoever looks
 * after it starts one that can.
 *
 * <p>Travels to the child with {@link StandInServer}.
 */
final class CommittingBackend extends H2Backend {

    private final MVStore store;

    CommittingBackend(MVStore store) {
        super(store);
        this.store = store;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        try {
            var answer = super.handleMessage(message);
            store.commit();
            return answer;
        } catch (MVStoreException e) {
            System.err.println("the store failed: " + e.getMessage());
            Runtime.getRuntime().halt(1);
            throw e;
        }
    }
}
