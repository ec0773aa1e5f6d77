package org.homeward.kit.rest;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Ids as path and query parameters; one that is none is HTTP 400 with the parameter's name.
 *
 * <p>A device id has percent signs of its own ({@code 02A7C3-HG%2D2400-1}), which a client that builds URLs by the book
 * writes as {@code %25}, and a person who pastes the id into a URL does not. Both mean the same device, so device ids
 * are taken {@code @Encoded}, as they stand in the URL.
 */
@Provider
public class IdParameters implements ParamConverterProvider {

    private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(
            DeviceId.class, IdParameters::deviceId,
            DeviceKey.class, DeviceKey::parse,
            OrderId.class, OrderId::new,
            SessionId.class, SessionId::new,
            TenantId.class, TenantId::new);

    @Override
    public <T> @Nullable ParamConverter<T> getConverter(
            Class<T> type, Type generic, Annotation @Nullable [] annotations) {
        Function<String, ?> reader = READERS.get(type);
        return reader == null ? null : new IdConverter<>(type, reader, nameOf(annotations));
    }

    private static DeviceId deviceId(String encoded) {
        return DeviceId.parse(encoded.replace("%25", "%"));
    }

    private static String nameOf(Annotation @Nullable [] annotations) {
        if (annotations != null) {
            for (Annotation annotation : annotations) {
                if (annotation instanceof PathParam path) {
                    return path.value();
                } else if (annotation instanceof QueryParam query) {
                    return query.value();
                }
            }
        }
        return "id";
    }

    private record IdConverter<T>(Class<T> type, Function<String, ?> reader, String name) implements ParamConverter<T> {

        @Override
        public T fromString(String text) {
            try {
                return type.cast(reader.apply(text));
            } catch (IllegalArgumentException e) {
                throw Problem.invalid(name, String.valueOf(e.getMessage())).exception();
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
