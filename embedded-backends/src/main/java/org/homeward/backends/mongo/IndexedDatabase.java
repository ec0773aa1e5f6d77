package org.homeward.backends.mongo;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * A database whose collections find documents by {@link IdIndex}.
 *
 * <p>Travels to the child with {@link StandInServer}.
 */
final class IndexedDatabase extends H2Database {

    IndexedDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, store, cursors);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        var index = super.openOrCreateUniqueIndex(collection, name, keys, sparse);
        return keys.size() == 1 && keys.getFirst().getKey().equals(IdIndex.ID) ? new IdIndex(index) : index;
    }
}
