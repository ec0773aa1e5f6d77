package org.homeward.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.homeward.contracts.device.DeviceEvent.DeviceDeleted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @ParameterizedTest
    @ValueSource(strings = {"default", "a", "acme-2", "abcdefghijklmnopqrstuvwxyz012345"})
    void takesATenant(String text) {
        assertThat(new TenantId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "1a", "-a", "a_b", "a/b", "a.b", "ä", "a\n", " a", "abcdefghijklmnopqrstuvwxyz0123456"})
    void refusesWhatIsNoTenant(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantId(text));
    }

    @Test
    void writesADeviceKeyAsTenantAndDevice() {
        DeviceKey key = new DeviceKey(new TenantId("acme"), new DeviceId("00aabb", "a/b", "-"));
        assertThat(key).hasToString("acme/00AABB-a%2Fb-%2D");
        assertThat(DeviceKey.parse(key.toString())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "acme", "acme/", "/00AABB-1", "acme/00AABB-1/x", "Acme/00AABB-1", "acme//00AABB-1"})
    void refusesWhatIsNoDeviceKey(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DeviceKey.parse(text));
    }

    @Test
    void makesFreshIdsThatDiffer() {
        assertThat(Stream.generate(SessionId::random).limit(1_000).distinct()).hasSize(1_000);
    }

    @Test
    void refusesIdsThatAreEmptyOrTooLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionId(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderId("x".repeat(65)));
    }

    @Test
    void namesEveryMessageOnce() {
        assertThat(MessageTypes.all()).doesNotHaveDuplicates().allMatch(Class::isRecord);
        assertThat(MessageTypes.all().stream().map(MessageTypes::typeOf)).doesNotHaveDuplicates();
        assertThat(MessageTypes.all())
                .allSatisfy(type -> assertThat(MessageTypes.recordOf(MessageTypes.typeOf(type)))
                        .contains(type));
    }

    @Test
    void knowsTheTypeOfAnEventByItsMessage() {
        Event<DeviceDeleted> event = new Event<>(
                "e", java.time.Instant.EPOCH, "/x", DeviceKey.parse("default/00AABB-1"), new DeviceDeleted("ann"));
        assertThat(event.type()).isEqualTo("org.homeward.DeviceDeleted");
        assertThat(MessageTypes.recordOf("org.homeward.Invented")).isEmpty();
    }

    @Test
    void namesTheDeadLettersOfATopicAfterTheConsumer() {
        assertThat(Topic.DEVICE_ORDERS.deadLetters("provisioning")).isEqualTo("device.orders.provisioning.dead");
    }
}
