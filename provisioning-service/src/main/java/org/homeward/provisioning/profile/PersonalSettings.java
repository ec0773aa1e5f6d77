package org.homeward.provisioning.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    public static final PersonalSettings NONE = new PersonalSettings(0, null);

    /**
     * One thing chosen.
     *
     * @param capability by its name with an index, such as {@code wifi.networks[5GHz].ssid}
     * @param value as the catalogue has it; a {@link BoundSecret} where it is a secret
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
        for (Choice choice : choices) {
            String name = Vocabulary.CAPABILITY + choice.capability();
            settings.add(new Setting(
                    name,
                    choice.capability(),
                    null,
                    choice.value(),
                    ValueType.UNKNOWN,
                    UserChange.CHOSEN,
                    choice.at()));
            checks.addAll(vocabulary.checks(name));
        }
        // that all is gone is another revision as well
        return settings.isEmpty() && revision == 0
                ? NONE
                : new PersonalSettings(revision, settings.isEmpty() ? null : Profile.personal(settings, checks));
    }

    public long revision() {
        return revision;
    }

    @Nullable
    Profile profile() {
        return profile;
    }
}
