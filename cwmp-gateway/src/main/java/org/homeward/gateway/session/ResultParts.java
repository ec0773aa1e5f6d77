package org.homeward.gateway.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.QueuedTransfer;
import org.homeward.contracts.rpc.RpcResult;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the answer of an RPC into parts that fit an event: a whole data model is several hundred kilobytes, an event no
 * more than 256 KiB. Sizes are reckoned from the text, with room for its JSON.
 */
final class ResultParts {

    /** Characters of content in a part; JSON escapes and UTF-8 rarely add as much as is left to 256 KiB. */
    static final int PART = 160 * 1024;

    private ResultParts() {}

    static List<RpcResult> split(RpcResult result) {
        return switch (result) {
            case RpcResult.Values values ->
                parts(values.parameters(), ResultParts::size, some -> new RpcResult.Values(some));
            case RpcResult.Names names ->
                parts(names.parameters(), name -> name.path().length() + 32, some -> new RpcResult.Names(some));
            case RpcResult.Attributes attributes ->
                parts(
                        attributes.parameters(),
                        one -> one.path().length() + 64 + 16 * one.accessList().size(),
                        some -> new RpcResult.Attributes(some));
            case RpcResult.TreeRead tree ->
                List.of(new RpcResult.TreeRead(tree.parameters(), first(tree.missing(), path -> path.length() + 4)));
            case RpcResult.MethodList list ->
                List.of(new RpcResult.MethodList(first(list.methods(), method -> method.length() + 4)));
            case RpcResult.Applied rest -> List.of(rest);
            case RpcResult.ObjectAdded rest -> List.of(rest);
            case RpcResult.TransferStarted rest -> List.of(rest);
            case RpcResult.Transfers list ->
                List.of(new RpcResult.Transfers(first(list.transfers(), ResultParts::size)));
            case RpcResult.Done rest -> List.of(rest);
            case RpcResult.Fault fault ->
                List.of(new RpcResult.Fault(fault.code(), fault.text(), first(fault.parameters(), ResultParts::size)));
            case RpcResult.Unanswered rest -> List.of(rest);
        };
    }

    /** As many of the values, from the first, as fit one event. */
    static List<ParameterValue> first(List<ParameterValue> values) {
        return first(values, ResultParts::size);
    }

    private static <T> List<T> first(List<T> all, ToIntFunction<T> sizeOf) {
        int size = 0;
        for (int i = 0; i < all.size(); i++) {
            size += sizeOf.applyAsInt(all.get(i));
            if (size > PART) {
                return all.subList(0, i);
            }
        }
        return all;
    }

    private static int size(ParameterValue value) {
        return value.path().length() + value.value().length() + 64;
    }

    private static int size(ParameterFault fault) {
        return fault.parameter().length() + fault.text().length() + 48;
    }

    private static int size(QueuedTransfer transfer) {
        return transfer.commandKey().length() + length(transfer.fileType()) + length(transfer.targetFileName()) + 128;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static <T> List<RpcResult> parts(List<T> all, ToIntFunction<T> sizeOf, Function<List<T>, RpcResult> part) {
        List<RpcResult> parts = new ArrayList<>(1);
        int from = 0;
        int size = 0;
        for (int i = 0; i < all.size(); i++) {
            int next = sizeOf.applyAsInt(all.get(i));
            if (size + next > PART && i > from) {
                parts.add(part.apply(all.subList(from, i)));
                from = i;
                size = 0;
            }
            size += next;
        }
        parts.add(part.apply(all.subList(from, all.size())));
        return parts;
    }
}
