package org.homeward.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.QueuedTransfer;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.junit.jupiter.api.Test;

class ResultPartsTest {

    private static List<ParameterValue> values(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ParameterValue("Device.P" + i, "x".repeat(size), ValueType.STRING))
                .toList();
    }

    @Test
    void leavesSmallAnswersWhole() {
        RpcResult small = new RpcResult.Values(values(100, 10));

        assertThat(ResultParts.split(small)).containsExactly(small);
    }

    @Test
    void anAnswerWithoutContentIsOnePart() {
        assertThat(ResultParts.split(new RpcResult.Values(List.of()))).containsExactly(new RpcResult.Values(List.of()));
    }

    @Test
    void cutsLargeAnswersInOrderAndLosesNothing() {
        List<ParameterValue> all = values(5_000, 200);

        List<RpcResult> parts = ResultParts.split(new RpcResult.Values(all));

        assertThat(parts).hasSizeGreaterThan(5);
        assertThat(parts.stream().flatMap(part -> ((RpcResult.Values) part).parameters().stream()))
                .containsExactlyElementsOf(all);
    }

    @Test
    void noListMakesAnEventTooLarge() {
        List<ParameterFault> faults =
                Collections.nCopies(1_000, new ParameterFault("P".repeat(256), 9007, "x".repeat(1_024)));
        List<QueuedTransfer> transfers = Collections.nCopies(
                10_000, new QueuedTransfer("k".repeat(256), 1, true, "f".repeat(64), 1L, "n".repeat(256)));

        assertThat(ResultParts.split(new RpcResult.Fault(9003, "no", faults)))
                .singleElement()
                .satisfies(part -> assertThat(((RpcResult.Fault) part).parameters())
                        .hasSizeBetween(100, ResultParts.PART / 1_280));
        assertThat(ResultParts.split(new RpcResult.Transfers(transfers)))
                .singleElement()
                .satisfies(part -> assertThat(((RpcResult.Transfers) part).transfers())
                        .hasSizeBetween(200, ResultParts.PART / 576));
    }

    @Test
    void keepsTheFirstOfAnInformThatIsTooLarge() {
        assertThat(ResultParts.first(values(5_000, 200))).hasSizeBetween(500, 800);
        assertThat(ResultParts.first(values(10, 200))).hasSize(10);
    }
}
