package org.homeward.provisioning.order.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Map;
import java.util.TreeSet;
import org.homeward.kit.rest.Problem;

/** Reads the body of an order, strictly: a field twice, one that the type does not have, or a wrong kind of value is an error. */
final class OrderReader {

    /** Bytes of a body. An order travels as one event, its secrets grown by encryption. */
    static final int LARGEST = 128 * 1024;

    private static final Map<String, Class<? extends OrderBody>> TYPES = Map.ofEntries(
            Map.entry("getParameterValues", OrderBody.GetParameterValues.class),
            Map.entry("setParameterValues", OrderBody.SetParameterValues.class),
            Map.entry("getParameterNames", OrderBody.GetParameterNames.class),
            Map.entry("getParameterAttributes", OrderBody.GetParameterAttributes.class),
            Map.entry("setParameterAttributes", OrderBody.SetParameterAttributes.class),
            Map.entry("addObject", OrderBody.AddObject.class),
            Map.entry("deleteObject", OrderBody.DeleteObject.class),
            Map.entry("refresh", OrderBody.Refresh.class),
            Map.entry("reboot", OrderBody.Reboot.class),
            Map.entry("factoryReset", OrderBody.FactoryReset.class),
            Map.entry("scheduleInform", OrderBody.ScheduleInform.class),
            Map.entry("getRPCMethods", OrderBody.GetRPCMethods.class),
            Map.entry("getAllQueuedTransfers", OrderBody.GetAllQueuedTransfers.class),
            Map.entry("cancelTransfer", OrderBody.CancelTransfer.class),
            Map.entry("download", OrderBody.Download.class),
            Map.entry("ping", OrderBody.Ping.class),
            Map.entry("traceroute", OrderBody.Traceroute.class),
            Map.entry("downloadTest", OrderBody.DownloadTest.class),
            Map.entry("uploadTest", OrderBody.UploadTest.class),
            Map.entry("wifiScan", OrderBody.WifiScan.class),
            Map.entry("scheduleDownload", OrderBody.ScheduleDownload.class),
            Map.entry("changeDUState", OrderBody.ChangeDUState.class),
            Map.entry("upload", OrderBody.Upload.class));

    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Integer, config -> config.setCoercion(CoercionInputShape.String, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Boolean,
                    config -> config.setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .build();

    private OrderReader() {}

    private static String known() {
        return String.join(", ", new TreeSet<>(TYPES.keySet()));
    }

    /**
     * A body and the type that it names.
     *
     * @param type as in REST
     */
    record Read(String type, OrderBody body) {}

    /**
     * @throws JacksonException for what is not JSON, or has other fields than its type knows; told as a problem that
     *     names the field
     */
    static Read read(String text) throws JacksonException {
        JsonNode tree = MAPPER.readTree(text);
        if (!(tree instanceof ObjectNode order)) {
            throw Problem.invalid("body", "is not a JSON object with an order").exception();
        }
        JsonNode type = order.remove("type");
        if (type == null || !type.isTextual()) {
            throw Problem.invalid("type", (type == null ? "is missing" : "is not a text") + "; known are " + known())
                    .exception();
        }
        Class<? extends OrderBody> shape = TYPES.get(type.textValue());
        if (shape == null) {
            throw Problem.invalid("type", "\"" + type.textValue() + "\" is no order type; known are " + known())
                    .exception();
        }
        return new Read(type.textValue(), MAPPER.treeToValue(order, shape));
    }
}
