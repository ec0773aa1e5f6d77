package org.homeward.provisioning.profile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.rpc.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A profile as an operator wrote it, read and found well-formed. {@code profile.schema.json} is the same in JSON Schema.
 *
 * @param name of the profile within its tenant
 * @param priority 0 to 1000; the higher one wins
 * @param condition CEL that gives a boolean; {@code true} for every device of the tenant
 * @param values what parameters should be, by raw path or {@code capability:} name
 * @param objects tables whose rows should exist
 * @param attributes how parameters should notify, by path
 * @param connection what of the ManagementServer object should be, by the parameter's name in it
 * @param firmware the version that should run; null leaves it
 * @param files names of files that should be on the device
 */
public record ProfileDocument(
        String name,
        String description,
        int priority,
        String condition,
        Map<String, Value> values,
        List<Table> objects,
        Map<String, Attributes> attributes,
        Map<String, Value> connection,
        Tags tags,
        @Nullable String firmware,
        List<String> files,
        Reboot reboot) {

    public static final int ORDINARY_PRIORITY = 100;

    public ProfileDocument {
        values = Map.copyOf(values);
        objects = List.copyOf(objects);
        attributes = Map.copyOf(attributes);
        connection = Map.copyOf(connection);
        files = List.copyOf(files);
    }

    /** What is done when the device has another value than the one that was written and verified. */
    public enum UserChange {
        /** Somebody at the device wanted it so: it stays. What its subscriber chose through us holds as well. */
        KEEP,
        /** It is written again, and what its subscriber chose through us does not count. */
        OVERRULE,
        /** Nothing is said: it is written again, but what its subscriber chose through us holds. */
        UNSAID,
        /**
         * The subscriber chose it through us: it is written until the device has said so once. Whoever makes it
         * something else at the device after that is the same user, whose last word counts.
         */
        CHOSEN
    }

    /** When a device is rebooted for the sake of a profile. */
    public enum Reboot {
        NEVER,
        /** When it answers a write by saying that it takes effect only later (status 1, TR-069 A.3.2.1). */
        WHEN_NEEDED
    }

    /** What a parameter should be. */
    public sealed interface Value {

        /** {@link ValueType#UNKNOWN}: the type that the device gives it. */
        ValueType type();

        UserChange userChange();
    }

    /** @param sealed whether {@code text} is encrypted: a secret is from the moment that it is saved */
    public record Literal(String text, boolean sealed, ValueType type, UserChange userChange) implements Value {
        @Override
        public String toString() {
            return sealed ? "(secret)" : text;
        }
    }

    /** @param expression CEL over the facts of the device */
    public record Computed(String expression, ValueType type, UserChange userChange) implements Value {}

    /**
     * Rows that a table should have.
     *
     * @param table path ending in a dot
     * @param key columns by which a row is told from the others
     * @param removeExtra whether rows that nobody asks for are deleted
     * @param rows values by column
     */
    public record Table(String table, List<String> key, boolean removeExtra, List<Map<String, Value>> rows) {
        public Table {
            key = List.copyOf(key);
            rows = rows.stream().map(Map::copyOf).toList();
        }
    }

    /**
     * Attributes of a parameter (TR-069 A.3.2.4).
     *
     * @param notification 0 to 6; null leaves it
     * @param accessList null leaves it
     */
    public record Attributes(
            @Nullable Integer notification, @Nullable List<String> accessList) {}

    /** Tags that a device should have, and should not. */
    public record Tags(Set<String> add, Set<String> remove) {
        public static final Tags NONE = new Tags(Set.of(), Set.of());

        public Tags {
            add = Set.copyOf(add);
            remove = Set.copyOf(remove);
        }
    }
}
