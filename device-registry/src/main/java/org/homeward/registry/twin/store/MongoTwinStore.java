package org.homeward.registry.twin.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Binary;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.device.DeviceEvent.Change;
import org.homeward.registry.store.MongoCalls;
import org.homeward.registry.twin.BlockId;
import org.homeward.registry.twin.DeviceTwin;
import org.homeward.registry.twin.TwinBlock;
import org.homeward.registry.twin.TwinHead;
import org.homeward.registry.twin.TwinStore;

/**
 * Twins in MongoDB, collection {@code twin}. A document per block, {@code _id} the device's key, a bar, the branch;
 * and one per device, branch empty, that lists the blocks. All access is by {@code _id}.
 *
 * <ul>
 *   <li>block: {@code o} offset and {@code at} time of its latest event, {@code n} parameters, {@code v} the values packed, {@code w} the
 *       changes of its last write by event
 *   <li>head: {@code b} branches, {@code s} those of them that were split, {@code d} session of discovery
 * </ul>
 */
public final class MongoTwinStore implements TwinStore {

    private static final int MAX_IDS = 1_000;

    private final MongoCollection<Document> twins;

    public MongoTwinStore(MongoClient client, String database) {
        twins = client.getDatabase(database).getCollection("twin");
    }

    private static String id(DeviceKey device, String branch) {
        return device + "|" + branch;
    }

    @Override
    public Map<DeviceKey, TwinHead> heads(Collection<DeviceKey> devices) {
        Map<String, DeviceKey> ids = new HashMap<>();
        devices.forEach(device -> ids.put(id(device, ""), device));
        Map<DeviceKey, TwinHead> heads = new HashMap<>();
        find(ids)
                .forEach((device, stored) -> heads.put(
                        device,
                        new TwinHead(
                                Set.copyOf(stored.getList("b", String.class)),
                                Set.copyOf(stored.getList("s", String.class)),
                                stored.getString("d"))));
        return heads;
    }

    @Override
    public Map<BlockId, TwinBlock> blocks(Collection<BlockId> blocks) {
        Map<String, BlockId> ids = new HashMap<>();
        blocks.forEach(block -> ids.put(id(block.device(), block.branch()), block));
        Map<BlockId, TwinBlock> found = new HashMap<>();
        find(ids)
                .forEach((block, stored) -> found.put(
                        block,
                        new TwinBlock(
                                block.branch(),
                                stored.get("o", Long.MIN_VALUE),
                                stored.getDate("at").getTime(),
                                BlockPacking.unpack(
                                        stored.get("v", Binary.class).getData()),
                                changes(stored))));
        return found;
    }

    private <T> Map<T, Document> find(Map<String, T> ids) {
        Map<T, Document> found = new LinkedHashMap<>();
        List<String> all = List.copyOf(ids.keySet());
        for (int from = 0; from < all.size(); from += MAX_IDS) {
            List<String> some = all.subList(from, Math.min(all.size(), from + MAX_IDS));
            List<Document> documents =
                    MongoCalls.call(() -> twins.find(Filters.in("_id", some)).into(new ArrayList<>()));
            for (Document document : documents) {
                T id = ids.get(document.getString("_id"));
                if (id != null) {
                    found.put(id, document);
                }
            }
        }
        return found;
    }

    @Override
    public Collection<DeviceKey> save(Map<DeviceKey, DeviceTwin.Write> writes) {
        // New blocks, then the lists that name them, then what they took the place of: cut off anywhere, a reader
        // finds every parameter once.
        Map<String, DeviceKey> stored = new HashMap<>();
        List<WriteModel<Document>> first = new ArrayList<>();
        List<WriteModel<Document>> heads = new ArrayList<>();
        List<WriteModel<Document>> last = new ArrayList<>();
        writes.forEach((device, write) -> {
            for (TwinBlock block : write.blocks()) {
                stored.put(id(device, block.branch()), device);
                first.add(replace(device, block));
            }
            TwinHead head = write.head();
            if (head != null) {
                heads.add(replace(device, head));
            }
            write.shrunk().forEach(block -> last.add(replace(device, block)));
            if (!write.removed().isEmpty()) {
                last.add(new DeleteManyModel<>(Filters.in(
                        "_id",
                        write.removed().stream()
                                .map(branch -> id(device, branch))
                                .toList())));
            }
        });
        Set<DeviceKey> outdated = bulk(first).stream().map(stored::get).collect(Collectors.toSet());
        bulk(heads);
        bulk(last);
        return outdated;
    }

    /** @return the ids of documents that were left as they are because what is stored is newer */
    private List<String> bulk(List<WriteModel<Document>> models) {
        if (models.isEmpty()) {
            return List.of();
        }
        try {
            MongoCalls.call(() -> twins.bulkWrite(models, new BulkWriteOptions().ordered(false)));
            return List.of();
        } catch (MongoBulkWriteException e) {
            // an upsert whose guard does not match finds its id taken
            for (BulkWriteError error : e.getWriteErrors()) {
                if (ErrorCategory.fromErrorCode(error.getCode()) != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
            return e.getWriteErrors().stream()
                    .map(error -> ((ReplaceOneModel<Document>) models.get(error.getIndex()))
                            .getReplacement()
                            .getString("_id"))
                    .toList();
        }
    }

    private static ReplaceOneModel<Document> replace(DeviceKey device, TwinBlock block) {
        String id = id(device, block.branch());
        var document = new Document("_id", id)
                .append("o", block.upTo())
                .append("at", new Date(block.asOf()))
                .append("n", block.size())
                .append("v", new Binary(BlockPacking.pack(block.entries())));
        if (!block.unwritten().isEmpty()) {
            document.append("w", changes(block.unwritten()));
        }
        return new ReplaceOneModel<>(
                // not under $and, or the stand-in looks through the whole collection
                new Document("_id", id).append("o", new Document("$lte", block.upTo())),
                document,
                new ReplaceOptions().upsert(true));
    }

    private static ReplaceOneModel<Document> replace(DeviceKey device, TwinHead head) {
        String id = id(device, "");
        return new ReplaceOneModel<>(
                Filters.eq("_id", id),
                new Document("_id", id)
                        .append("b", List.copyOf(head.branches()))
                        .append("s", List.copyOf(head.splits()))
                        .append("d", head.discoveredIn()),
                new ReplaceOptions().upsert(true));
    }

    private static List<Document> changes(Map<String, List<Change>> byEvent) {
        List<Document> out = new ArrayList<>();
        byEvent.forEach((event, changes) -> out.add(new Document("e", event)
                .append(
                        "c",
                        changes.stream()
                                .map(change -> new Document("p", change.path())
                                        .append("b", change.before())
                                        .append("a", change.after()))
                                .toList())));
        return out;
    }

    private static Map<String, List<Change>> changes(Document block) {
        Map<String, List<Change>> byEvent = new HashMap<>();
        for (Document event : block.getList("w", Document.class, List.of())) {
            byEvent.put(
                    event.getString("e"),
                    event.getList("c", Document.class).stream()
                            .map(change ->
                                    new Change(change.getString("p"), change.getString("b"), change.getString("a")))
                            .toList());
        }
        return byEvent;
    }

    @Override
    public void delete(Collection<DeviceKey> devices) {
        List<String> ids = new ArrayList<>();
        heads(devices).forEach((device, head) -> {
            ids.add(id(device, ""));
            head.branches().forEach(branch -> ids.add(id(device, branch)));
        });
        for (int from = 0; from < ids.size(); from += MAX_IDS) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + MAX_IDS));
            MongoCalls.call(() -> twins.deleteMany(Filters.in("_id", some)));
        }
    }
}
