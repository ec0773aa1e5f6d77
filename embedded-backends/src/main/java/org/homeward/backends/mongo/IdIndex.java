package org.homeward.backends.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Set;

/**
 * The index of a collection's ids, used as MongoDB would: for every query that names one id, whatever else it asks of the
 * document. The stand-in's own is used for queries for nothing but ids, and the others look through the whole collection.
 *
 * <p>Travels to the child with {@link StandInServer}.
 */
final class IdIndex extends Index<Object> {

    static final String ID = "_id";

    private final Index<Object> ids;

    /** @param ids the stand-in's own */
    IdIndex(Index<Object> ids) {
        super(ids.getName(), ids.getKeys(), false);
        this.ids = ids;
    }

    @Override
    public boolean canHandle(Document query) {
        return query.get(ID) instanceof String || ids.canHandle(query);
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        // what is found is held against the whole query
        return ids.getPositions(query.get(ID) instanceof String id ? new Document(ID, id) : query);
    }

    @Override
    public Set<KeyValue> getKeyValues(Document document) {
        return ids.getKeyValues(document);
    }

    @Override
    public Object getPosition(Document document) {
        return ids.getPosition(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        ids.checkAdd(document, collection);
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        ids.add(document, position, collection);
    }

    @Override
    public Object remove(Document document) {
        return ids.remove(document);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        ids.checkUpdate(before, after, collection);
    }

    @Override
    public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
        ids.updateInPlace(before, after, position, collection);
    }

    @Override
    public boolean isUnique() {
        return ids.isUnique();
    }

    @Override
    public boolean isEmpty() {
        return ids.isEmpty();
    }

    @Override
    public long getCount() {
        return ids.getCount();
    }

    @Override
    public long getDataSize() {
        return ids.getDataSize();
    }

    @Override
    public void drop() {
        ids.drop();
    }
}
