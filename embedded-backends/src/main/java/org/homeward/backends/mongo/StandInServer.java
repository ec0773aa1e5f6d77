package org.homeward.backends.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.KeyValue;
import java.net.InetSocketAddress;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreTool;

/**
 * What runs in the stand-in's process. Arguments: host, port, file (empty for in memory). Says
 * {@code ready} on standard output once it takes connections.
 *
 * <p>Knows no other class of ours than {@link CommittingBackend} and what that one knows, because they travel to the child
 * as files.
 */
public final class StandInServer {

    /** Milliseconds in which the store may tidy itself when it closes. */
    private static final int TIDY_ON_CLOSE = 2_000;

    /** How the stand-in names its maps: documents by id, and the ids that are indexed. */
    private static final String DOCUMENTS = "databases.";

    private static final String INDEX = "._index__id_";

    private StandInServer() {}

    public static void main(String[] args) {
        var store = open(args[2]);
        mend(store);
        var server = new MongoServer(new CommittingBackend(store));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.shutdownNow();
            store.close(TIDY_ON_CLOSE);
        }));
        server.bind(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
        System.out.println("ready");
    }

    /**
     * A document and its place in the index of ids are written one after the other, and the store may save in between. Killed
     * there, it has a document that nobody finds and nobody can write again.
     */
    static void mend(MVStore store) {
        for (String name : List.copyOf(store.getMapNames())) {
            if (!name.endsWith(INDEX)) {
                continue;
            }
            MVMap<KeyValue, Object> index = store.openMap(name);
            MVMap<Object, Object> documents =
                    store.openMap(DOCUMENTS + name.substring(0, name.length() - INDEX.length()));
            if (index.sizeAsLong() != documents.sizeAsLong()) {
                documents.keySet().forEach(id -> index.putIfAbsent(new KeyValue(id), id));
            }
        }
        store.commit();
    }

    private static MVStore open(String file) {
        if (file.isEmpty()) {
            return new MVStore.Builder().open();
        }
        MVStoreTool.compactCleanUp(file);
        // A document that is written again leaves its old version behind; without this the file only grows.
        var store = new MVStore.Builder()
                .fileName(file)
                .cacheSize(32)
                .autoCompactFillRate(80)
                .open();
        store.setRetentionTime(5_000);
        return store;
    }
}
