package org.homeward.kit.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.Message;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson about the contracts what annotations would: they carry none. Asked once for each type, not for each
 * value.
 */
final class ContractsIntrospector extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;
    private static final String DISCRIMINATOR = "is";
    private static final String CONTRACTS = Message.class.getPackageName();

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        return annotated instanceof AnnotatedClass type && isPolymorphic(type.getRawType())
                ? JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, DISCRIMINATOR, null, false, null)
                : super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        Class<?> type = annotated.getRawType();
        return annotated instanceof AnnotatedClass && type.isSealed() && isPolymorphic(type)
                ? Arrays.stream(type.getPermittedSubclasses())
                        .map(member -> new NamedType(member, nameOf(member)))
                        .toList()
                : super.findSubtypes(annotated);
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass type) {
        return isPolymorphic(type.getRawType()) ? nameOf(type.getRawType()) : super.findTypeName(type);
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
        if (!(annotated instanceof AnnotatedMember member) || !isOurs(member.getDeclaringClass())) {
            return super.findPropertyInclusion(annotated);
        }
        JsonInclude.Include include;
        if (isNullable(member)) {
            include = JsonInclude.Include.NON_NULL;
        } else if (hasEmptyValue(member.getRawType())) {
            include = JsonInclude.Include.NON_EMPTY;
        } else if (member.getRawType() == boolean.class) {
            include = JsonInclude.Include.NON_DEFAULT;
        } else {
            include = JsonInclude.Include.ALWAYS;
        }
        return JsonInclude.Value.construct(include, JsonInclude.Include.ALWAYS);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        return annotated instanceof AnnotatedMember member
                        && isOurs(member.getDeclaringClass())
                        && hasEmptyValue(member.getRawType())
                        && !isNullable(member)
                ? JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)
                : super.findSetterInfo(annotated);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getPackageName().startsWith(CONTRACTS);
    }

    /** Families of messages are told apart by the type of their CloudEvent and need no discriminator. */
    private static boolean isPolymorphic(Class<?> type) {
        if (!isOurs(type) || Message.class.isAssignableFrom(type)) {
            return false;
        }
        return type.isSealed() || Arrays.stream(type.getInterfaces()).anyMatch(i -> i.isSealed() && isOurs(i));
    }

    private static boolean hasEmptyValue(Class<?> type) {
        return type == String.class || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private static boolean isNullable(AnnotatedMember member) {
        AnnotatedType type = switch (member) {
            case AnnotatedField field -> field.getAnnotated().getAnnotatedType();
            case AnnotatedMethod method
            when method.getParameterCount() == 0 -> method.getAnnotated().getAnnotatedReturnType();
            case AnnotatedParameter parameter ->
                ((Executable) parameter.getOwner().getAnnotated()).getAnnotatedParameterTypes()[parameter.getIndex()];
            default -> null;
        };
        return type != null && type.isAnnotationPresent(Nullable.class);
    }

    /** {@code GetRPCMethods} becomes {@code getRPCMethods}. */
    private static String nameOf(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
