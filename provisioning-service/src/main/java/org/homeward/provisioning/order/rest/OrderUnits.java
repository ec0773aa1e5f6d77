package org.homeward.provisioning.order.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.homeward.contracts.rpc.DeploymentUnitOperation;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.order.rest.OrderBody.Operation;
import org.jspecify.annotations.Nullable;

/** Operations on deployment units as callers write them (TR-069 A.4.1.10): which fields there may be, the operation says. */
final class OrderUnits {

    private static final int MOST_OPERATIONS = 32;
    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private final FieldCipher cipher;

    OrderUnits(FieldCipher cipher) {
        this.cipher = cipher;
    }

    List<DeploymentUnitOperation> read(String field, @Nullable List<Operation> operations) {
        if (operations == null || operations.isEmpty()) {
            throw Problem.invalid(field, "names no operation").exception();
        }
        if (operations.size() > MOST_OPERATIONS) {
            throw Problem.invalid(field, "has more than " + MOST_OPERATIONS + " entries")
                    .exception();
        }
        List<DeploymentUnitOperation> read = new ArrayList<>(operations.size());
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            String at = field + "[" + i + "]";
            if (operation == null) {
                throw Problem.invalid(at, "is not an operation").exception();
            }
            read.add(operation(at + ".", operation));
        }
        return read;
    }

    private DeploymentUnitOperation operation(String at, Operation from) {
        return switch (Texts.required(at + "operation", from.operation(), 16)) {
            case "install" -> {
                requireAbsent(at + "version", from.version(), "install");
                yield new DeploymentUnitOperation.Install(
                        Texts.url(at + "url", from.url(), 1024),
                        uuid(at, from.uuid()),
                        text(at + "username", from.username(), 256),
                        sealed(at, from.password()),
                        text(at + "executionEnvRef", from.executionEnvRef(), 256));
            }
            case "update" -> {
                requireAbsent(at + "executionEnvRef", from.executionEnvRef(), "update");
                yield new DeploymentUnitOperation.Update(
                        uuid(at, from.uuid()),
                        text(at + "version", from.version(), 32),
                        from.url() == null ? null : Texts.url(at + "url", from.url(), 1024),
                        text(at + "username", from.username(), 256),
                        sealed(at, from.password()));
            }
            case "uninstall" -> {
                requireAbsent(at + "url", from.url(), "uninstall");
                requireAbsent(at + "username", from.username(), "uninstall");
                requireAbsent(at + "password", from.password(), "uninstall");
                yield new DeploymentUnitOperation.Uninstall(
                        requiredUuid(at, Texts.required(at + "uuid", from.uuid(), 36)),
                        text(at + "version", from.version(), 32),
                        text(at + "executionEnvRef", from.executionEnvRef(), 256));
            }
            default ->
                throw Problem.invalid(at + "operation", "is none of install, update, uninstall")
                        .exception();
        };
    }

    private static @Nullable String uuid(String at, @Nullable String uuid) {
        return uuid == null ? null : requiredUuid(at, uuid);
    }

    private static String requiredUuid(String at, String uuid) {
        if (!UUID.matcher(uuid).matches()) {
            throw Problem.invalid(at + "uuid", "is not a UUID").exception();
        }
        return uuid;
    }

    private static @Nullable String text(String field, @Nullable String text, int longest) {
        return text == null ? null : Texts.optional(field, text, longest);
    }

    private @Nullable String sealed(String at, @Nullable String password) {
        return password == null ? null : cipher.seal(Texts.optional(at + "password", password, 256));
    }

    private static void requireAbsent(String field, @Nullable String text, String operation) {
        if (text != null) {
            throw Problem.invalid(field, "is nothing that " + operation + " takes")
                    .exception();
        }
    }
}
