package org.homeward.kit.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import org.homeward.kit.json.ContractsJson;

/** REST bodies hold ids and value types as the contracts write them. */
@Singleton
public class JsonSettings implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(ContractsJson.scalars());
    }
}
