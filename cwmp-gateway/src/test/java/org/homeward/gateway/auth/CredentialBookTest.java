package org.homeward.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.device.DeviceCredentials;
import org.homeward.kit.security.FieldCipher;
import org.junit.jupiter.api.Test;

class CredentialBookTest {

    private static final DeviceKey DEVICE = DeviceKey.parse("default/00AABB-HG-1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FieldCipher cipher = new FieldCipher("A".repeat(43) + "=");
    private final CredentialBook book =
            new CredentialBook(device -> "derived", cipher::open, new CredentialBook.Factory("house", "fresh"), meters);

    @Test
    void offersWhatAnOperatorRegisteredFirst() {
        book.registered(DEVICE, new DeviceCredentials("house", cipher.seal("p4ss")));

        assertThat(book.of(TenantId.DEFAULT, "house"))
                .extracting(Credentials.Candidate::password)
                .containsExactly("p4ss", "fresh");
        assertThat(book.has(DEVICE)).isTrue();
    }

    @Test
    void passesOverAndCountsAPasswordThatCannotBeOpened() {
        book.registered(DEVICE, new DeviceCredentials("house", "sealed by somebody else"));

        assertThat(book.of(TenantId.DEFAULT, "house"))
                .extracting(Credentials.Candidate::password)
                .containsExactly("fresh");
        assertThat(meters.counter("homeward.cwmp.credentials.unreadable").count())
                .isEqualTo(1);
    }
}
