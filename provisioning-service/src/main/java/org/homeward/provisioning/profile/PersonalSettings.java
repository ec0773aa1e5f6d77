package org.homeward.provisioning.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.rpc.ValueType;
import org.homeward.provisioning.profile.ProfileDocument.UserChange;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber chose for its devices, whatever their models. It stands above all profiles, but for parameters of
 * which a profile says that choices of the user are overruled.
 */
public final class PersonalSettings {

    /** In place of a profile's name. */
    public static final String SOURCE = "self-care";

    /** Capabilities of which rows are chosen. */
    private static final Set<String> TABLES = Set.of("portForwards");

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Map<String, String>>> ROWS = new TypeReference<>() {};

    public static final PersonalSettings NONE = new PersonalSettings(0, null);

    /**
     * One thing chosen.
     *
     * @param capability by its name with an index, such as {@code wifi.networks[5GHz].ssid}
     * @param value as the catalogue has it; a {@link BoundSecret} where it is a secret; the rows of a
     *     table as {@link #text} writes them
     */
    public record Choice(String capability, String value, Instant at) {
        @Override
        public String toString() {
            return capability;
        }
    }

    private final long revision;
    private final @Nullable Profile profile;

    private PersonalSettings(long revision, @Nullable Profile profile) {
        this.revision = revision;
        this.profile = profile;
    }

    /** @param revision another one whenever anything about them is another, unlike that of any other subscriber */
    public static PersonalSettings of(long revision, List<Choice> choices, Vocabulary vocabulary) {
        List<Setting> settings = new ArrayList<>();
        Set<String> checks = new HashSet<>();
        List<Profile.Chosen> tables = new ArrayList<>();
        for (Choice choice : choices) {
            String name = Vocabulary.CAPABILITY + choice.capability();
            checks.addAll(vocabulary.checks(name));
            if (TABLES.contains(choice.capability())) {
                tables.add(new Profile.Chosen(name, choice.capability(), rows(choice.value()), choice.at()));
                continue;
            }
            settings.add(new Setting(
                    name,
                    choice.capability(),
                    null,
                    choice.value(),
                    ValueType.UNKNOWN,
                    UserChange.CHOSEN,
                    choice.at()));
        }
        // that all is gone is another revision as well
        boolean nothing = settings.isEmpty() && tables.isEmpty();
        return nothing && revision == 0
                ? NONE
                : new PersonalSettings(revision, nothing ? null : Profile.personal(settings, tables, checks));
    }

    private static List<Map<String, String>> rows(String json) {
        try {
            return JSON.readValue(json, ROWS);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a choice has them. @param rows by column in the words of the catalogue */
    public static String text(List<Map<String, String>> rows) {
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long revision() {
        return revision;
    }

    @Nullable
    Profile profile() {
        return profile;
    }
}
