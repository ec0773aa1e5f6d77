package org.homeward.provisioning.order.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of an order, by its {@code type}. What a caller leaves out is null here; {@link OrderTasks} says what that
 * means, and what is wrong.
 */
sealed interface OrderBody {

    /** What one action does. */
    sealed interface Single extends OrderBody {}

    /** What the device measures by itself. */
    sealed interface Diagnostic extends OrderBody {}

    /** ISO-8601 duration. */
    @Nullable
    String expiresIn();

    @Nullable
    Boolean wake();

    /** Whether it reads, sets values or restarts, and so may be ordered by those who only help subscribers. */
    default boolean doesNoHarm() {
        return switch (this) {
            case GetParameterValues get -> true;
            case SetParameterValues set -> true;
            case GetParameterNames names -> true;
            case GetParameterAttributes get -> true;
            case Refresh refresh -> true;
            case Reboot reboot -> true;
            case ScheduleInform inform -> true;
            case GetRPCMethods methods -> true;
            case GetAllQueuedTransfers transfers -> true;
            case WifiScan scan -> true;
            case Ping ping -> true;
            case Traceroute traceroute -> true;
            case DownloadTest test -> true;
            case UploadTest test -> true;
            case SetParameterAttributes set -> false;
            case AddObject add -> false;
            case DeleteObject delete -> false;
            case FactoryReset reset -> false;
            case CancelTransfer cancel -> false;
            case Download download -> false;
            case Upload upload -> false;
            case ScheduleDownload download -> false;
            case ChangeDUState change -> false;
        };
    }

    record GetParameterValues(
            @Nullable List<String> paths,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    /** @param values text, number, boolean, or {@code {"value", "type"}} by path */
    record SetParameterValues(
            @Nullable Map<String, JsonNode> values,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    record GetParameterNames(
            @Nullable String path,
            @Nullable Boolean nextLevel,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    record GetParameterAttributes(
            @Nullable List<String> paths,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    record SetParameterAttributes(
            @Nullable List<Attribute> attributes,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    record Attribute(
            @Nullable String path,
            @Nullable Integer notification,
            @Nullable List<String> accessList) {}

    record AddObject(
            @JsonProperty("object") @Nullable String object,
            @Nullable Map<String, JsonNode> values,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements Single {}

    record DeleteObject(
            @JsonProperty("object") @Nullable String object,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    record Refresh(
            @Nullable List<String> paths,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    record Reboot(@Nullable String expiresIn, @Nullable Boolean wake) implements Single {}

    record FactoryReset(
            @Nullable String expiresIn, @Nullable Boolean wake) implements Single {}

    record ScheduleInform(
            @Nullable Long delaySeconds,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    record GetRPCMethods(
            @Nullable String expiresIn, @Nullable Boolean wake) implements Single {}

    record GetAllQueuedTransfers(
            @Nullable String expiresIn, @Nullable Boolean wake) implements Single {}

    record CancelTransfer(
            @Nullable String commandKey,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    record Download(
            @Nullable String url,
            @Nullable String fileType,
            @Nullable String username,
            @Nullable String password,
            @Nullable Long fileSize,
            @Nullable String targetFileName,
            @Nullable Long delaySeconds,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements Single {}

    record ScheduleDownload(
            @Nullable String url,
            @Nullable String fileType,
            @Nullable String username,
            @Nullable String password,
            @Nullable Long fileSize,
            @Nullable String targetFileName,
            @Nullable List<Window> windows,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements Single {}

    /**
     * @param start seconds from the moment that the CPE gets it
     * @param end seconds from the same moment
     */
    record Window(
            @Nullable Long start,
            @Nullable Long end,
            @Nullable String mode,
            @Nullable String userMessage,
            @Nullable Long maxRetries) {}

    record ChangeDUState(
            @Nullable List<Operation> operations,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements Single {}

    /** @param operation {@code install}, {@code update} or {@code uninstall}; says which of the others there may be */
    record Operation(
            @Nullable String operation,
            @Nullable String url,
            @Nullable String uuid,
            @Nullable String version,
            @Nullable String username,
            @Nullable String password,
            @Nullable String executionEnvRef) {}

    record Upload(
            @Nullable String url,
            @Nullable String fileType,
            @Nullable String username,
            @Nullable String password,
            @Nullable Long delaySeconds,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements Single {}

    /**
     * @param sourceInterface path of the IP interface to send from; the device chooses where there is none
     * @param timeoutMillis of each packet
     */
    record Ping(
            @Nullable String host,
            @Nullable Long repetitions,
            @Nullable Long timeoutMillis,
            @Nullable Long dataBlockSize,
            @Nullable Long dscp,
            @JsonProperty("interface") @Nullable String sourceInterface,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements Diagnostic {}

    record Traceroute(
            @Nullable String host,
            @Nullable Long tries,
            @Nullable Long timeoutMillis,
            @Nullable Long dataBlockSize,
            @Nullable Long dscp,
            @Nullable Long maxHops,
            @JsonProperty("interface") @Nullable String sourceInterface,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements Diagnostic {}

    record DownloadTest(
            @Nullable String url,
            @Nullable Long dscp,
            @JsonProperty("interface") @Nullable String sourceInterface,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements Diagnostic {}

    /** @param fileLength bytes to send */
    record UploadTest(
            @Nullable String url,
            @Nullable Long fileLength,
            @Nullable Long dscp,
            @JsonProperty("interface") @Nullable String sourceInterface,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements Diagnostic {}

    /** The device listens who else is on the air; by which object, its model says. */
    record WifiScan(@Nullable String expiresIn, @Nullable Boolean wake) implements OrderBody {}
}
