package org.homeward.registry.session.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.session.SessionTranscript.Line;
import org.homeward.kit.json.PackedLines;
import org.homeward.registry.session.TranscriptStore;
import org.homeward.registry.store.MongoCalls;

/**
 * Transcripts in MongoDB, collection {@code transcript}: a document per part, {@code _id} the device's key, the session
 * and the part's number behind bars; {@code l} the lines as
 * they came, packed.
 */
public final class MongoTranscriptStore implements TranscriptStore {

    private static final int MAX_IDS = 1_000;

    private final MongoCollection<Document> transcripts;

    public MongoTranscriptStore(MongoClient client, String database) {
        transcripts = client.getDatabase(database).getCollection("transcript");
    }

    private static String id(DeviceKey device, SessionId session, int part) {
        return device + "|" + session + "|" + part;
    }

    @Override
    public void save(Collection<Part> parts) {
        if (parts.isEmpty()) {
            return;
        }
        List<ReplaceOneModel<Document>> writes = parts.stream()
                .map(part -> {
                    String id = id(
                            part.device(),
                            part.transcript().session(),
                            part.transcript().part());
                    return new ReplaceOneModel<>(
                            Filters.eq("_id", id),
                            new Document("_id", id)
                                    .append("p", part.transcript().part())
                                    .append("l", new Binary(PackedLines.bytes(part.transcript()))),
                            new ReplaceOptions().upsert(true));
                })
                .toList();
        MongoCalls.call(() -> transcripts.bulkWrite(writes, new BulkWriteOptions().ordered(false)));
    }

    @Override
    public List<Line> lines(DeviceKey device, SessionId session, int parts) {
        if (parts == 0) {
            return List.of();
        }
        List<String> ids = ids(new Kept(device, session, parts));
        List<Document> found =
                MongoCalls.call(() -> transcripts.find(Filters.in("_id", ids)).into(new ArrayList<>()));
        return found.stream()
                .sorted(Comparator.comparing(part -> part.getInteger("p")))
                .flatMap(part -> PackedLines.unpack(part.get("l", Binary.class).getData()).stream())
                .toList();
    }

    @Override
    public void delete(Collection<Kept> sessions) {
        List<String> ids =
                sessions.stream().flatMap(session -> ids(session).stream()).toList();
        for (int from = 0; from < ids.size(); from += MAX_IDS) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + MAX_IDS));
            MongoCalls.call(() -> transcripts.deleteMany(Filters.in("_id", some)));
        }
    }

    private static List<String> ids(Kept session) {
        List<String> ids = new ArrayList<>();
        for (int part = 1; part <= session.parts(); part++) {
            ids.add(id(session.device(), session.session(), part));
        }
        return ids;
    }
}
