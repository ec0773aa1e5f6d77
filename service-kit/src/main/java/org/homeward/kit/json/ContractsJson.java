package org.homeward.kit.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.function.Function;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.WakeUpId;
import org.homeward.contracts.rpc.ValueType;

/**
 * The one JSON form of the contracts, in Kafka and wherever services store them.
 *
 * <p>Times are ISO-8601. Ids are plain strings. Where a sealed type is expected the object says which member it is in
 * the property {@code is}, as the record's name in lower camel case: {@code {"is":"getParameterValues", ...}}. What is
 * null, false, or an empty string, list or map is left out, and reads back so. Unknown properties are skipped, so that
 * newer services can be listened to by older ones.
 */
public final class ContractsJson {

    private static final ObjectMapper MAPPER = build();

    private ContractsJson() {}

    /** Thread-safe, made once; not to be configured further. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    private static ObjectMapper build() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(scalars())
                .annotationIntrospector(new ContractsIntrospector());
        return withSettings(builder).build();
    }

    private static <B extends MapperBuilder<?, B>> B withSettings(B builder) {
        return builder.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
    }

    /** Ids, device keys and value types as text, for other mappers too. */
    public static SimpleModule scalars() {
        SimpleModule module = new SimpleModule("homeward-contracts");
        text(module, SessionId.class, SessionId::value, SessionId::new);
        text(module, CommandId.class, CommandId::value, CommandId::new);
        text(module, PlanId.class, PlanId::value, PlanId::new);
        text(module, OrderId.class, OrderId::value, OrderId::new);
        text(module, WakeUpId.class, WakeUpId::value, WakeUpId::new);
        text(module, TenantId.class, TenantId::value, TenantId::new);
        text(module, DeviceId.class, DeviceId::toString, DeviceId::parse);
        text(module, DeviceKey.class, DeviceKey::toString, DeviceKey::parse);
        text(module, ValueType.class, ValueType::typeName, ValueType::of);
        return module;
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new TextSerializer<>(type, write));
        module.addDeserializer(type, new TextDeserializer<>(type, read));
    }

    private static final class TextSerializer<T> extends StdScalarSerializer<T> {
        private static final long serialVersionUID = 1;
        private final transient Function<T, String> write;

        TextSerializer(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(write.apply(value));
        }

        @Override
        public void serializeWithType(
                T value, JsonGenerator json, SerializerProvider provider, TypeSerializer typeSerializer)
                throws IOException {
            serialize(value, json, provider);
        }
    }

    private static final class TextDeserializer<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;
        private final transient Function<String, T> read;

        TextDeserializer(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            // the shortest way for what nearly always comes
            return json.hasToken(com.fasterxml.jackson.core.JsonToken.VALUE_STRING)
                    ? _deserialize(json.getText(), context)
                    : super.deserialize(json, context);
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                return read.apply(text);
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(handledType(), "%s", e.getMessage());
            }
        }
    }
}
