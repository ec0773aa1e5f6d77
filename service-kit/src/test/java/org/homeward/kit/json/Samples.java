package org.homeward.kit.json;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.TenantId;
import org.jspecify.annotations.Nullable;

/** Makes any record of the contracts up, the same for the same seed. */
public final class Samples {

    private static final String[] TEXTS = {
        "",
        "home",
        "Device.WiFi.SSID.1.SSID",
        "1",
        "Ünïcødé ☎ \uD83D\uDE00",
        "<a & \"b\">",
        "\t two\nlines ",
        "0 BOOTSTRAP"
    };

    private final Random random;

    public Samples(long seed) {
        this.random = new Random(seed);
    }

    public <T> T of(Class<T> type) {
        return type.cast(Objects.requireNonNull(value(type, type, false)));
    }

    private @Nullable Object value(Class<?> raw, Type type, boolean nullable) {
        if (nullable && random.nextInt(3) == 0) {
            return null;
        }
        if (raw == String.class) {
            return TEXTS[random.nextInt(TEXTS.length)];
        } else if (raw == int.class || raw == Integer.class) {
            return random.nextInt(3) == 0 ? 0 : random.nextInt();
        } else if (raw == long.class || raw == Long.class) {
            return random.nextInt(3) == 0 ? 0L : random.nextLong();
        } else if (raw == boolean.class || raw == Boolean.class) {
            return random.nextBoolean();
        } else if (raw == Instant.class) {
            return Instant.ofEpochMilli(1_700_000_000_000L + random.nextLong(100_000_000_000L));
        } else if (raw == TenantId.class) {
            return new TenantId("t" + random.nextInt(100));
        } else if (raw == DeviceId.class) {
            return new DeviceId("00AABB", random.nextBoolean() ? "" : "Box-1", "SN " + random.nextInt(1000));
        } else if (List.class == raw) {
            return list(type);
        } else if (Set.class == raw) {
            return Set.copyOf(list(type));
        } else if (Map.class == raw) {
            return map(type);
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        } else if (raw.isSealed()) {
            Class<?>[] members = raw.getPermittedSubclasses();
            Class<?> member = members[random.nextInt(members.length)];
            return value(member, member, false);
        } else if (raw.isRecord()) {
            return made(raw);
        }
        throw new IllegalArgumentException("the contracts have no samples of " + raw + " yet");
    }

    private List<Object> list(Type type) {
        Class<?> element = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(Objects.requireNonNull(value(element, element, false)));
        }
        return list;
    }

    private Map<String, Object> map(Type type) {
        boolean ofTexts = ((ParameterizedType) type).getActualTypeArguments()[1] == String.class;
        Map<String, Object> map = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(3))
                .forEach(i -> map.put(
                        "k" + i,
                        ofTexts ? TEXTS[random.nextInt(TEXTS.length)] : List.of(Map.of("path", "a.b", "value", ""))));
        return map;
    }

    private Object made(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> component(type, component))
                .toArray();
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object component(Class<?> owner, RecordComponent component) {
        if (component.getType() == String.class && component.getName().equals("value") && isId(owner)) {
            return "id-" + Long.toHexString(random.nextLong());
        }
        AnnotatedType type = component.getAnnotatedType();
        return value(component.getType(), component.getGenericType(), type.isAnnotationPresent(Nullable.class));
    }

    private static boolean isId(Class<?> owner) {
        return owner.getRecordComponents().length == 1;
    }
}
