package org.homeward.kit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Message;
import org.homeward.contracts.MessageTypes;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.plan.Action;
import org.homeward.contracts.plan.GatewayCommand.SessionPlan;
import org.homeward.contracts.plan.Step;
import org.homeward.contracts.rpc.AttributeChange;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractsJsonTest {

    private final ObjectMapper mapper = ContractsJson.mapper();

    static Stream<Class<? extends Message>> messages() {
        return MessageTypes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageReadsBackAsItWasWritten(Class<? extends Message> type) throws Exception {
        Samples samples = new Samples(7);
        for (int i = 0; i < 200; i++) {
            Message written = samples.of(type);
            byte[] json = mapper.writeValueAsBytes(written);
            assertThat((Object) mapper.readValue(json, type)).isEqualTo(written);
        }
    }

    @Test
    void saysWhichMemberOfASealedTypeItIs() throws Exception {
        OrderTask task = new OrderTask.Perform("getRPCMethods", new Action.Call(new Rpc.GetRPCMethods()));
        String json = mapper.writerFor(OrderTask.class).writeValueAsString(task);
        assertThat(json).isEqualTo("""
                        {"is":"perform","type":"getRPCMethods","action":{"is":"call","rpc":{"is":"getRPCMethods"}}}""");
    }

    @Test
    void saysWhichMemberItIsAtTheRootToo() throws Exception {
        String json = mapper.writeValueAsString(new RpcResult.Done());
        assertThat(json).isEqualTo("{\"is\":\"done\"}");
        assertThat(mapper.readValue(json, RpcResult.class)).isEqualTo(new RpcResult.Done());
    }

    @Test
    void leavesOutWhatIsNullFalseOrEmpty() throws Exception {
        String json = mapper.writeValueAsString(new ParameterValue("Device.X", "", ValueType.UNSIGNED_INT));
        assertThat(json).isEqualTo("{\"path\":\"Device.X\",\"type\":\"unsignedInt\"}");
    }

    @Test
    void keepsNullApartFromEmptyWhereBothMeanSomething() throws Exception {
        AttributeChange onlyAcs = new AttributeChange("Device.X", null, List.of());
        AttributeChange leave = new AttributeChange("Device.X", 2, null);
        assertThat(mapper.readValue(mapper.writeValueAsBytes(onlyAcs), AttributeChange.class))
                .isEqualTo(onlyAcs);
        assertThat(mapper.readValue(mapper.writeValueAsBytes(leave), AttributeChange.class))
                .isEqualTo(leave);
    }

    @Test
    void readsAMissingListAsEmptyAndSkipsWhatItDoesNotKnow() throws Exception {
        PlanRefused read =
                mapper.readValue("{\"session\":\"s\",\"plan\":\"p\",\"invented\":{\"later\":[1]}}", PlanRefused.class);
        assertThat(read.commands()).isEmpty();
        assertThat(read.why()).isEmpty();
    }

    @Test
    void writesIdsAsPlainStrings() throws Exception {
        Step step = new Step(new CommandId("c1"), new Action.ReadTree(List.of("Device.")), true);
        String json = mapper.writeValueAsString(
                new SessionPlan(new SessionId("s1"), new org.homeward.contracts.PlanId("p1"), List.of(step), false));
        assertThat(json).isEqualTo("""
                        {"session":"s1","plan":"p1","steps":[{"command":"c1","action":{"is":"readTree","paths":["Device."]},"stopOnFault":true}]}""");
        assertThat(mapper.writeValueAsString(DeviceKey.parse("acme/00AABB-Box-1")))
                .isEqualTo("\"acme/00AABB-Box-1\"");
    }

    @Test
    void refusesAnIdThatIsNone() {
        assertThatThrownBy(() -> mapper.readValue("\"acme\"", DeviceKey.class))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("expected tenant/device");
    }
}
