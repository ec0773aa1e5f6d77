package org.homeward.provisioning.order.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.rpc.AttributeChange;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.TimeWindow;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.security.FieldCipher;
import org.homeward.provisioning.channel.rest.ScannableDevices;
import org.jspecify.annotations.Nullable;

/** Makes tasks of order bodies. Secrets are sealed here, before anything is stored or published. */
@ApplicationScoped
public class OrderTasks {

    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_ATTRIBUTES = 200;

    /** Seconds: a year. */
    private static final long LATEST = 31_536_000;

    /** TR-069 A.4.1.8. */
    private static final List<String> MODES =
            List.of("1 At Any Time", "2 Immediately", "3 When Idle", "4 Confirmation Needed");

    private static final Pattern VENDOR_MODE = Pattern.compile("X [0-9A-F]{6} .+");

    private final FieldCipher cipher;
    private final ScannableDevices scannable;
    private final OrderValues values;
    private final OrderUnits deploymentUnits;

    public OrderTasks(FieldCipher cipher, ScannableDevices scannable) {
        this.cipher = cipher;
        this.scannable = scannable;
        this.values = new OrderValues(cipher);
        this.deploymentUnits = new OrderUnits(cipher);
    }

    /** @param token of the caller */
    OrderTask task(OrderId order, DeviceKey device, OrderReader.Read read, String token) throws SQLException {
        return switch (read.body()) {
            case OrderBody.Single single -> new OrderTask.Perform(read.type(), action(key(order), single));
            case OrderBody.Diagnostic diagnostic -> OrderDiagnostics.read(read.type(), diagnostic);
            case OrderBody.WifiScan scan -> scannable.way(device, token).survey();
        };
    }

    /** CommandKey and ParameterKey have at most 32 characters: a UUID without its hyphens. */
    static String key(OrderId order) {
        String letters = order.value().replace("-", "");
        return letters.substring(0, Math.min(letters.length(), 32));
    }

    private Action action(String key, OrderBody.Single body) {
        return switch (body) {
            case OrderBody.GetParameterValues get ->
                new Action.Call(new Rpc.GetParameterValues(paths("paths", get.paths())));
            case OrderBody.SetParameterValues set ->
                new Action.WriteValues(values.read("values", set.values(), false), key);
            case OrderBody.GetParameterNames names ->
                new Action.Call(new Rpc.GetParameterNames(
                        Paths.partialOrFull("path", names.path()), names.nextLevel() == null || names.nextLevel()));
            case OrderBody.GetParameterAttributes get ->
                new Action.Call(new Rpc.GetParameterAttributes(paths("paths", get.paths())));
            case OrderBody.SetParameterAttributes set ->
                new Action.Call(new Rpc.SetParameterAttributes(attributes(set.attributes())));
            case OrderBody.AddObject add ->
                add.values() == null || add.values().isEmpty()
                        ? new Action.Call(new Rpc.AddObject(Paths.partial("object", add.object()), key))
                        : new Action.CreateObject(
                                Paths.partial("object", add.object()), values.read("values", add.values(), true), key);
            case OrderBody.DeleteObject delete ->
                new Action.Call(new Rpc.DeleteObject(Paths.partial("object", delete.object()), key));
            case OrderBody.Refresh refresh ->
                new Action.ReadTree(
                        refresh.paths() == null
                                // all there is: the brain knows the device's root
                                ? List.of()
                                : paths("paths", refresh.paths()));
            case OrderBody.Reboot reboot -> new Action.Call(new Rpc.Reboot(key));
            case OrderBody.FactoryReset reset -> new Action.Call(new Rpc.FactoryReset());
            case OrderBody.ScheduleInform inform ->
                new Action.Call(new Rpc.ScheduleInform(
                        Texts.number("delaySeconds", inform.delaySeconds(), 1, 31_536_000, null), key));
            case OrderBody.GetRPCMethods methods -> new Action.Call(new Rpc.GetRPCMethods());
            case OrderBody.GetAllQueuedTransfers transfers -> new Action.Call(new Rpc.GetAllQueuedTransfers());
            case OrderBody.CancelTransfer cancel ->
                new Action.Call(new Rpc.CancelTransfer(Texts.required("commandKey", cancel.commandKey(), 32)));
            case OrderBody.Download download ->
                new Action.Call(new Rpc.Download(
                        key,
                        Texts.required("fileType", download.fileType(), 64),
                        Texts.url("url", download.url()),
                        Texts.optional("username", download.username(), 256),
                        sealed(download.password()),
                        Texts.number("fileSize", download.fileSize(), 0, 4_294_967_295L, 0L),
                        Texts.optional("targetFileName", download.targetFileName(), 256),
                        Texts.number("delaySeconds", download.delaySeconds(), 0, 31_536_000, 0L),
                        "",
                        ""));
            case OrderBody.ScheduleDownload download ->
                new Action.Call(new Rpc.ScheduleDownload(
                        key,
                        Texts.required("fileType", download.fileType(), 64),
                        Texts.url("url", download.url()),
                        Texts.optional("username", download.username(), 256),
                        sealed(download.password()),
                        Texts.number("fileSize", download.fileSize(), 0, 4_294_967_295L, 0L),
                        Texts.optional("targetFileName", download.targetFileName(), 256),
                        windows(download.windows())));
            case OrderBody.ChangeDUState change ->
                new Action.Call(new Rpc.ChangeDUState(deploymentUnits.read("operations", change.operations()), key));
            case OrderBody.Upload upload ->
                new Action.Call(new Rpc.Upload(
                        key,
                        Texts.required("fileType", upload.fileType(), 64),
                        Texts.url("url", upload.url()),
                        Texts.optional("username", upload.username(), 256),
                        sealed(upload.password()),
                        Texts.number("delaySeconds", upload.delaySeconds(), 0, 31_536_000, 0L)));
        };
    }

    private static List<TimeWindow> windows(@Nullable List<OrderBody.Window> windows) {
        if (windows == null || windows.isEmpty() || windows.size() > 2) {
            throw Problem.invalid("windows", "is not a list of one or two windows")
                    .exception();
        }
        List<TimeWindow> checked = new ArrayList<>(2);
        long earliest = 0;
        for (int i = 0; i < windows.size(); i++) {
            String field = "windows[" + i + "]";
            OrderBody.Window window = windows.get(i);
            if (window == null) {
                throw Problem.invalid(field, "is not a window with start, end and mode")
                        .exception();
            }
            // the second must not overlap the first
            long start = Texts.number(field + ".start", window.start(), earliest, LATEST, null);
            long end = Texts.number(field + ".end", window.end(), start + 1, LATEST + 1, null);
            earliest = end;
            checked.add(new TimeWindow(
                    start,
                    end,
                    mode(field + ".mode", window.mode()),
                    Texts.optional(field + ".userMessage", window.userMessage(), 256),
                    (int) Texts.number(field + ".maxRetries", window.maxRetries(), -1, Integer.MAX_VALUE, -1L)));
        }
        return checked;
    }

    private static String mode(String field, @Nullable String text) {
        String mode = Texts.required(field, text, 64);
        if (!MODES.contains(mode) && !VENDOR_MODE.matcher(mode).matches()) {
            throw Problem.invalid(field, "is none of " + String.join(", ", MODES) + ", nor \"X <OUI> ...\"")
                    .exception();
        }
        return mode;
    }

    private @Nullable String sealed(@Nullable String password) {
        return password == null ? null : cipher.seal(Texts.optional("password", password, 256));
    }

    private static List<String> paths(String field, @Nullable List<String> paths) {
        if (paths == null || paths.isEmpty()) {
            throw Problem.invalid(field, "names no path").exception();
        }
        if (paths.size() > MOST_ENTRIES) {
            throw Problem.invalid(field, "has more than " + MOST_ENTRIES + " entries")
                    .exception();
        }
        List<String> checked = new ArrayList<>(paths.size());
        for (int i = 0; i < paths.size(); i++) {
            checked.add(Paths.partialOrFull(field + "[" + i + "]", paths.get(i)));
        }
        Texts.requireDistinct(field, checked);
        return checked;
    }

    private static List<AttributeChange> attributes(@Nullable List<OrderBody.Attribute> attributes) {
        if (attributes == null || attributes.isEmpty()) {
            throw Problem.invalid("attributes", "names no parameter").exception();
        }
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw Problem.invalid("attributes", "has more than " + MOST_ATTRIBUTES + " entries")
                    .exception();
        }
        List<AttributeChange> changes = new ArrayList<>(attributes.size());
        for (int i = 0; i < attributes.size(); i++) {
            OrderBody.Attribute attribute = attributes.get(i);
            String field = "attributes[" + i + "]";
            if (attribute == null || attribute.notification() == null && attribute.accessList() == null) {
                throw Problem.invalid(field, "changes neither notification nor accessList")
                        .exception();
            }
            if (attribute.notification() != null && (attribute.notification() < 0 || attribute.notification() > 6)) {
                throw Problem.invalid(field + ".notification", "is not a number from 0 to 6")
                        .exception();
            }
            changes.add(new AttributeChange(
                    Paths.partialOrFull(field + ".path", attribute.path()),
                    attribute.notification(),
                    attribute.accessList()));
        }
        Texts.requireDistinct(
                "attributes", changes.stream().map(AttributeChange::path).toList());
        return changes;
    }
}
