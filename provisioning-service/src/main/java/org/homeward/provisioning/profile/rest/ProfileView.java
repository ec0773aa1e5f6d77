package org.homeward.provisioning.profile.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.homeward.provisioning.profile.store.StoredProfile;
import org.jspecify.annotations.Nullable;

/**
 * A version of a profile as REST shows it.
 *
 * @param state {@code draft}, {@code review}, {@code active}, {@code retired}
 * @param activeVersion null where none holds
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ProfileView(
        String name,
        int version,
        String state,
        int latestVersion,
        @Nullable Integer activeVersion,
        String editedBy,
        Instant editedAt,
        @Nullable String submittedBy,
        String why,
        @Schema(type = SchemaType.OBJECT) JsonNode document) {

    static ProfileView of(StoredProfile profile) {
        return new ProfileView(
                profile.name(),
                profile.version(),
                profile.state().toString(),
                profile.latestVersion(),
                profile.activeVersion(),
                profile.editedBy(),
                profile.editedAt(),
                profile.submittedBy(),
                profile.why(),
                profile.document());
    }

    /** All of something, without pages. */
    public record All<T>(List<T> items) {}
}
