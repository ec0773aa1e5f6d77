package org.homeward.gateway.soap;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.homeward.contracts.rpc.AttributeChange;
import org.homeward.contracts.rpc.DeploymentUnitOperation;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.TimeWindow;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.gateway.soap.RpcTable.Field;
import org.jspecify.annotations.Nullable;

/** The kinds of elements that calls are made of. Each refuses what the schema does not allow. */
final class RpcFields {

    /** FileType and WindowMode: {@code 1 Firmware Upgrade Image}, {@code X 00256D Script}. */
    private static final Pattern NUMBERED_WORDS = Pattern.compile("[1-9]\\d*( \\S+)+|X \\S+ .+");

    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private RpcFields() {}

    static <R extends Rpc> Field<R> text(String name, int longest, Function<R, String> value) {
        return (out, rpc) -> out.text(name, value.apply(rpc), longest);
    }

    static <R extends Rpc> Field<R> fileType(String name, Function<R, String> value) {
        return (out, rpc) -> numberedWords(out, name, value.apply(rpc));
    }

    private static void numberedWords(XmlOut out, String name, String value) {
        if (!NUMBERED_WORDS.matcher(value).matches()) {
            out.refuse(name + " is not a number and words, nor X and a vendor's");
        }
        out.text(name, value, 64);
    }

    static <R extends Rpc> Field<R> object(String name, Function<R, String> value) {
        return (out, rpc) -> {
            String path = value.apply(rpc);
            if (!path.endsWith(".")) {
                out.refuse(name + " does not end in a dot");
            }
            out.text(name, path, 256);
        };
    }

    static <R extends Rpc> Field<R> bool(String name, Predicate<R> value) {
        return (out, rpc) -> out.bool(name, value.test(rpc));
    }

    static <R extends Rpc> Field<R> unsigned(String name, ToLongFunction<R> value) {
        return (out, rpc) -> out.unsigned(name, value.applyAsLong(rpc));
    }

    static <R extends Rpc> Field<R> secret(String name, Function<R, @Nullable String> sealed) {
        return (out, rpc) -> out.secret(name, sealed.apply(rpc));
    }

    static <R extends Rpc> Field<R> paths(String name, Function<R, List<String>> paths) {
        return (out, rpc) -> {
            List<String> items = paths.apply(rpc);
            requireSome(out, name, items);
            out.strings(name, items, 256);
        };
    }

    private static void requireSome(XmlOut out, String name, List<?> items) {
        if (items.isEmpty()) {
            out.refuse(name + " is empty");
        }
    }

    static <R extends Rpc> Field<R> values(String name, Function<R, List<ParameterValue>> values) {
        return (out, rpc) -> out.array(name, "cwmp:ParameterValueStruct", values.apply(rpc), RpcFields::value);
    }

    private static void value(XmlOut out, ParameterValue parameter) {
        String value = parameter.sealed() ? out.unseal(parameter.value()) : parameter.value();
        out.open("ParameterValueStruct").text("Name", parameter.path(), 256);
        out.raw("<Value xsi:type=\"").raw(xsdType(parameter.type())).raw("\">");
        out.escape(parameter.path(), parameter.type() == ValueType.BOOLEAN ? bit(value) : value);
        out.close("Value").close("ParameterValueStruct");
    }

    private static String xsdType(ValueType type) {
        return switch (type) {
            case UNKNOWN -> "xsd:string";
            case BASE64 -> "xsd:base64Binary";
            case STRING, INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, BOOLEAN, DATE_TIME, HEX_BINARY ->
                "xsd:" + type.typeName();
        };
    }

    private static String bit(String value) {
        return switch (value.strip()) {
            case "true", "True", "TRUE" -> "1";
            case "false", "False", "FALSE" -> "0";
            default -> value;
        };
    }

    static <R extends Rpc> Field<R> accessChanges(String name, Function<R, List<AttributeChange>> changes) {
        return (out, rpc) -> {
            requireSome(out, name, changes.apply(rpc));
            out.array(name, "cwmp:SetParameterAttributesStruct", changes.apply(rpc), RpcFields::accessChange);
        };
    }

    private static void accessChange(XmlOut out, AttributeChange change) {
        Integer notification = change.notification();
        List<String> accessList = change.accessList();
        if (notification != null && (notification < 0 || notification > 6)) {
            out.refuse("Notification is not 0 to 6");
        }
        if (accessList != null && !accessList.stream().allMatch("Subscriber"::equals)) {
            out.refuse("AccessList names another than Subscriber");
        }
        out.open("SetParameterAttributesStruct")
                .text("Name", change.path(), 256)
                .bool("NotificationChange", notification != null)
                .number("Notification", notification == null ? 0 : notification)
                .bool("AccessListChange", accessList != null)
                .strings("AccessList", accessList == null ? List.of() : accessList, 64)
                .close("SetParameterAttributesStruct");
    }

    static <R extends Rpc> Field<R> windows(String name, Function<R, List<TimeWindow>> windows) {
        return (out, rpc) -> {
            List<TimeWindow> items = windows.apply(rpc);
            if (items.isEmpty() || items.size() > 2) {
                out.refuse(name + " has not one or two windows");
            }
            out.array(name, "cwmp:TimeWindowStruct", items, RpcFields::window);
        };
    }

    private static void window(XmlOut out, TimeWindow window) {
        out.open("TimeWindowStruct").unsigned("WindowStart", window.start()).unsigned("WindowEnd", window.end());
        numberedWords(out, "WindowMode", window.mode());
        out.text("UserMessage", window.userMessage(), 256)
                .number("MaxRetries", window.maxRetries())
                .close("TimeWindowStruct");
    }

    static <R extends Rpc> Field<R> operations(String name, Function<R, List<DeploymentUnitOperation>> operations) {
        return (out, rpc) -> {
            List<DeploymentUnitOperation> items = operations.apply(rpc);
            requireSome(out, name, items);
            for (DeploymentUnitOperation operation : items) {
                out.raw("<").raw(name).raw(" xsi:type=\"cwmp:");
                operation(out, operation);
                out.close(name);
            }
        };
    }

    private static void operation(XmlOut out, DeploymentUnitOperation operation) {
        switch (operation) {
            case DeploymentUnitOperation.Install install -> {
                out.raw("InstallOpStruct\">").text("URL", install.url(), 1024);
                uuid(out, install.uuid());
                optional(out, "Username", install.username(), 256);
                optionalSecret(out, install.sealedPassword());
                optional(out, "ExecutionEnvRef", install.executionEnvironment(), 256);
            }
            case DeploymentUnitOperation.Update update -> {
                out.raw("UpdateOpStruct\">");
                uuid(out, update.uuid());
                optional(out, "Version", update.version(), 32);
                optional(out, "URL", update.url(), 1024);
                optional(out, "Username", update.username(), 256);
                optionalSecret(out, update.sealedPassword());
            }
            case DeploymentUnitOperation.Uninstall uninstall -> {
                out.raw("UninstallOpStruct\">");
                uuid(out, uninstall.uuid());
                optional(out, "Version", uninstall.version(), 32);
                optional(out, "ExecutionEnvRef", uninstall.executionEnvironment(), 256);
            }
        }
    }

    private static void uuid(XmlOut out, @Nullable String uuid) {
        if (uuid != null && !UUID.matcher(uuid).matches()) {
            out.refuse("UUID is not one");
        }
        optional(out, "UUID", uuid, 36);
    }

    private static void optional(XmlOut out, String name, @Nullable String value, int longest) {
        if (value != null) {
            out.text(name, value, longest);
        }
    }

    private static void optionalSecret(XmlOut out, @Nullable String sealed) {
        if (sealed != null) {
            out.secret("Password", sealed);
        }
    }
}
