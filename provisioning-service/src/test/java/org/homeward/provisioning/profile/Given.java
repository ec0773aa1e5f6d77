package org.homeward.provisioning.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;

/** Profiles and devices to try them on. */
public final class Given {

    public static final DeviceKey KEY = new DeviceKey(TenantId.DEFAULT, DeviceId.parse("001122-HG8245-S12345"));
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Given() {}

    /** From YAML; an error is the test's. */
    public static Profile profile(String yaml) {
        return switch (compile(yaml)) {
            case Profile.Compilation.Good good -> good.profile();
            case Profile.Compilation.Faulty faulty ->
                throw new AssertionError(faulty.errors().toString());
        };
    }

    static Profile.Compilation compile(String yaml) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectNode tree = DocumentText.parse(yaml, DocumentText.Syntax.YAML, errors);
        return errors.isEmpty() ? Profile.compile(tree, 1, new RawPaths()) : new Profile.Compilation.Faulty(errors);
    }

    static List<String> errors(String yaml) {
        return switch (compile(yaml)) {
            case Profile.Compilation.Good good -> List.of();
            case Profile.Compilation.Faulty faulty ->
                faulty.errors().stream().map(DocumentError::toString).toList();
        };
    }

    public static ActiveProfiles active(String... yaml) {
        List<Profile> profiles = new ArrayList<>();
        for (String each : yaml) {
            profiles.add(profile(each));
        }
        return new ActiveProfiles(List.of(yaml).hashCode(), profiles);
    }

    static Desired desired(Facts facts, String... yaml) {
        return Merge.of(active(yaml), facts, new RawPaths());
    }

    static Facts facts() {
        return facts(Map.of("id", "alice"), Map.of(), Map.of());
    }

    static Facts facts(
            Map<String, Object> subscriber, Map<String, Map<String, Object>> services, Map<String, String> reported) {
        return new Facts(
                KEY,
                "Acme",
                "Device.",
                "1.2",
                "A",
                Set.of("beta"),
                subscriber,
                services,
                reported,
                List.of("2 PERIODIC"),
                NOW);
    }
}
