package org.homeward.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @Test
    void areDrawnOnceAndKept(@TempDir Path data) {
        // Given
        var first = Secrets.in(data);

        // When
        var second = Secrets.in(data);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void differFromInstallationToInstallation(@TempDir Path here, @TempDir Path there) {
        assertThat(Secrets.in(here).factoryPassword())
                .isNotEqualTo(Secrets.in(there).factoryPassword());
    }

    @Test
    void areReadableByTheirOwnerOnly(@TempDir Path data) throws Exception {
        // When
        Secrets.in(data);

        // Then
        assertThat(Files.getPosixFilePermissions(data.resolve("secrets.properties")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void giveServicesAKeyOf32BytesAndNotThePasswordOfKeycloak(@TempDir Path data) {
        // When
        var settings = Secrets.in(data).settings();

        // Then
        assertThat(Base64.getDecoder().decode(settings.get("homeward.secrets.key")))
                .hasSize(32);
        assertThat(settings.keySet()).allMatch(name -> name.startsWith("homeward."));
    }

    @Test
    void doNotShowInLogs(@TempDir Path data) {
        // Given
        var secrets = Secrets.in(data);

        // When
        var text = secrets.toString();

        // Then
        assertThat(text).doesNotContain(secrets.factoryPassword());
    }
}
