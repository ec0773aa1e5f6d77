package org.homeward.gateway.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;

/**
 * Reads the values of many parameters in chunks that fit the CPE.
 *
 * <p>A chunk begins at 64 names, doubles as long as that goes well, and halves on the faults 9002 and 9004. Any other
 * fault, and an answer without values, means that some name in the chunk is not to be had and the CPE does not say
 * which: the chunk is bisected, and a single name that still fails is missing. Both are bounded: a CPE that faults on
 * everything gets no more than {@value #MOST_FAULTS} questions it does not like. Used by one session at a time.
 */
final class ValueReading implements ActionPlay {

    private static final int FIRST_CHUNK = 64;
    /** A common CPE stack answers no more than this at once. */
    private static final int LARGEST_CHUNK = 256;

    private static final int MOST_QUESTIONS = 4_000;
    static final int MOST_FAULTS = 400;
    /** So many chunks go well before one that was too large is tried again. */
    private static final int PATIENCE = 8;

    /** Names from (inclusive) to (exclusive) that are still to be read. */
    private record Span(int from, int to) {
        int size() {
            return to - from;
        }

        Span first(int count) {
            return new Span(from, Math.min(to, from + count));
        }
    }

    private final List<String> names;
    private final List<String> missing;
    private final Deque<Span> spans = new ArrayDeque<>();
    private int chunk = FIRST_CHUNK;
    private int goodInARow;
    private int patience = 1;
    private int questions;
    private int faults;
    private int read;

    /** @param missing what is known to be missing already; grows */
    ValueReading(List<String> names, List<String> missing) {
        this.names = names;
        this.missing = missing;
        if (!names.isEmpty()) {
            spans.add(new Span(0, names.size()));
        }
    }

    Turn next() {
        if (questions < MOST_QUESTIONS && !spans.isEmpty()) {
            questions++;
            Span asked = spans.element().first(chunk);
            return new Turn.Ask(new Rpc.GetParameterValues(names.subList(asked.from(), asked.to())), this);
        }
        spans.forEach(this::giveUp);
        return Turn.endWithOwn(new RpcResult.TreeRead(read, missing));
    }

    @Override
    public Turn answered(RpcResult answer) {
        Span whole = spans.remove();
        Span asked = whole.first(chunk);
        if (asked.to() < whole.to()) {
            spans.addFirst(new Span(asked.to(), whole.to()));
        }
        switch (answer) {
            case RpcResult.Values values when !values.parameters().isEmpty() -> take(asked, values);
            case RpcResult.Fault fault -> {
                faults++;
                if (fault.code() == CpeFault.METHOD_NOT_SUPPORTED || faults > MOST_FAULTS) {
                    return Turn.endWithAnswer(fault);
                }
                if (CpeFault.isTooMuch(fault.code())) {
                    shrink(asked);
                } else {
                    bisect(asked);
                }
            }
            default -> bisect(asked);
        }
        return next();
    }

    private void take(Span asked, RpcResult.Values values) {
        read += values.parameters().size();
        if (values.parameters().size() != asked.size()) {
            Set<String> answered = new HashSet<>();
            values.parameters().forEach(parameter -> answered.add(parameter.path()));
            names.subList(asked.from(), asked.to()).stream()
                    .filter(name -> !answered.contains(name))
                    .forEach(missing::add);
        }
        if (asked.size() == chunk && ++goodInARow >= patience) {
            goodInARow = 0;
            chunk = Math.min(LARGEST_CHUNK, chunk * 2);
        }
    }

    private void shrink(Span asked) {
        goodInARow = 0;
        if (asked.size() == 1) {
            // it was this name, not the number of them
            giveUp(asked);
            patience = 1;
        } else {
            patience = PATIENCE;
            chunk = asked.size() / 2;
            spans.addFirst(asked);
        }
    }

    private void bisect(Span asked) {
        if (asked.size() == 1) {
            giveUp(asked);
        } else {
            int middle = asked.from() + asked.size() / 2;
            spans.addFirst(new Span(middle, asked.to()));
            spans.addFirst(new Span(asked.from(), middle));
        }
    }

    private void giveUp(Span unread) {
        missing.addAll(names.subList(unread.from(), unread.to()));
    }
}
