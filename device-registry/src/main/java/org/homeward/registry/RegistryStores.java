package org.homeward.registry;

import com.mongodb.client.MongoClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.homeward.registry.session.TranscriptStore;
import org.homeward.registry.session.store.MongoTranscriptStore;
import org.homeward.registry.twin.TwinStore;
import org.homeward.registry.twin.store.MongoTwinStore;

/** What devices say is kept in MongoDB. */
@Singleton
final class RegistryStores {

    @Produces
    @Singleton
    TwinStore twins(MongoClient client, RegistryConfig config) {
        return new MongoTwinStore(client, config.twin().database());
    }

    @Produces
    @Singleton
    TranscriptStore transcripts(MongoClient client, RegistryConfig config) {
        return new MongoTranscriptStore(client, config.twin().database());
    }
}
