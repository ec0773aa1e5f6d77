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
            @Nullable Boolean wake) implements OrderBody {}

    /** @param values text, number, boolean, or {@code {"value", "type"}} by path */
    record SetParameterValues(
            @Nullable Map<String, JsonNode> values,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements OrderBody {}

    record GetParameterNames(
            @Nullable String path,
            @Nullable Boolean nextLevel,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements OrderBody {}

    record GetParameterAttributes(
            @Nullable List<String> paths,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements OrderBody {}

    record SetParameterAttributes(
            @Nullable List<Attribute> attributes,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements OrderBody {}

    record Attribute(
            @Nullable String path,
            @Nullable Integer notification,
            @Nullable List<String> accessList) {}

    record AddObject(
            @JsonProperty("object") @Nullable String object,
            @Nullable Map<String, JsonNode> values,
            @Nullable String expiresIn,
            @Nullable Boolean wake)
            implements OrderBody {}

    record DeleteObject(
            @JsonProperty("object") @Nullable String object,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements OrderBody {}

    record Refresh(
            @Nullable List<String> paths,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements OrderBody {}

    record Reboot(@Nullable String expiresIn, @Nullable Boolean wake) implements OrderBody {}

    record FactoryReset(
            @Nullable String expiresIn, @Nullable Boolean wake) implements OrderBody {}

    record ScheduleInform(
            @Nullable Long delaySeconds,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements OrderBody {}

    record GetRPCMethods(
            @Nullable String expiresIn, @Nullable Boolean wake) implements OrderBody {}

    record GetAllQueuedTransfers(
            @Nullable String expiresIn, @Nullable Boolean wake) implements OrderBody {}

    record CancelTransfer(
            @Nullable String commandKey,
            @Nullable String expiresIn,
            @Nullable Boolean wake) implements OrderBody {}

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
            implements OrderBody {}

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
            implements OrderBody {}

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
            @Nullable Boolean wake) implements OrderBody {}

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
            implements OrderBody {}
}
