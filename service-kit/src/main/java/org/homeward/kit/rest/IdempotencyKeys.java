package org.homeward.kit.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key}: the same request twice has one effect and one answer. Table {@code idempotency} of
 * {@code db/kit}, written in the transaction of the effect: of two requests at once the second waits for the first, and
 * after a rollback the key is free again.
 */
public final class IdempotencyKeys {

    private static final int LONGEST = 255;
    private static final int FORGOTTEN_AT_ONCE = 5_000;
    private static final String FORGET = """
            delete from idempotency where (scope, key) in (
                select scope, key from idempotency where created_at < ? limit ? for update skip locked)
            """;

    private IdempotencyKeys() {}

    /** What a key turned out to be. */
    public sealed interface Claim {

        /** Not seen before: do it, then {@link IdempotencyKeys#answer}. */
        record First(String scope, String key) implements Claim {}

        /** Done before: say the same again. */
        record Again(Answer answer) implements Claim {}
    }

    /**
     * What a request was answered.
     *
     * @param location the header, if there was one
     * @param body JSON, empty for none
     */
    public record Answer(int status, @Nullable String location, String body) {}

    /**
     * Takes a key for the caller's transaction.
     *
     * @param scope whose key it is and for what: tenant, user and operation
     * @param request what is asked, as text; the same key with another request is an error
     * @throws ProblemException HTTP 400 for a key that is empty or longer than 255 characters, HTTP 422 for one that was
     *     used for another request
     */
    public static Claim claim(Connection connection, String scope, String key, String request) throws SQLException {
        if (key.isBlank() || key.length() > LONGEST) {
            throw Problem.invalid("Idempotency-Key", "has 1 to " + LONGEST + " characters")
                    .exception();
        }
        String fingerprint = fingerprint(request);
        if (isNew(connection, scope, key, fingerprint)) {
            return new Claim.First(scope, key);
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select fingerprint, status, location, body from idempotency where scope = ? and key = ?")) {
            select.setString(1, scope);
            select.setString(2, key);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || !row.getString(1).equals(fingerprint)) {
                    throw Problem.unprocessable("Idempotency-Key", "was used for another request; choose a new one")
                            .exception();
                }
                return new Claim.Again(new Answer(row.getInt(2), row.getString(3), row.getString(4)));
            }
        }
    }

    private static boolean isNew(Connection connection, String scope, String key, String fingerprint)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into idempotency (scope, key, fingerprint) values (?, ?, ?) on conflict do nothing")) {
            insert.setString(1, scope);
            insert.setString(2, key);
            insert.setString(3, fingerprint);
            return insert.executeUpdate() == 1;
        }
    }

    /** Keeps the answer, in the same transaction. */
    public static void answer(Connection connection, Claim.First claim, Answer answer) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update idempotency set status = ?, location = ?, body = ? where scope = ? and key = ?")) {
            update.setInt(1, answer.status());
            update.setString(2, answer.location());
            update.setString(3, answer.body());
            update.setString(4, claim.scope());
            update.setString(5, claim.key());
            update.executeUpdate();
        }
    }

    /** Forgets keys of before, {@value #FORGOTTEN_AT_ONCE} at a time; returns how many. Without a transaction of its own. */
    public static int forget(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.setTimestamp(1, Timestamp.from(before));
            delete.setInt(2, FORGOTTEN_AT_ONCE);
            int all = 0;
            int deleted = FORGOTTEN_AT_ONCE;
            while (deleted == FORGOTTEN_AT_ONCE) {
                deleted = delete.executeUpdate();
                all += deleted;
            }
            return all;
        }
    }

    private static String fingerprint(String request) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
