package org.homeward.kit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.homeward.kit.TestDatabase;
import org.homeward.kit.rest.IdempotencyKeys.Answer;
import org.homeward.kit.rest.IdempotencyKeys.Claim;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {

    private static final Answer CREATED = new Answer(202, "/api/orders/1", "{\"id\":\"1\"}");
    private static DataSource database;

    @BeforeAll
    static void connect() throws SQLException {
        database = TestDatabase.fresh();
    }

    @Test
    void givesTheSameAnswerAgain() throws SQLException {
        answered("again", "body");

        try (Connection connection = database.getConnection()) {
            assertThat(IdempotencyKeys.claim(connection, "orders", "again", "body"))
                    .isEqualTo(new Claim.Again(CREATED));
        }
    }

    @Test
    void refusesAKeyThatWasUsedForSomethingElse() throws SQLException {
        answered("used", "body");

        try (Connection connection = database.getConnection()) {
            assertThatThrownBy(() -> IdempotencyKeys.claim(connection, "orders", "used", "another body"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Idempotency-Key");
        }
    }

    @Test
    void keepsKeysOfDifferentScopesApart() throws SQLException {
        answered("scoped", "body");

        try (Connection connection = database.getConnection()) {
            assertThat(IdempotencyKeys.claim(connection, "other", "scoped", "x"))
                    .isInstanceOf(Claim.First.class);
        }
    }

    @Test
    void freesAKeyWhoseTransactionRolledBack() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            IdempotencyKeys.claim(connection, "orders", "rolled back", "body");
            connection.rollback();
            assertThat(IdempotencyKeys.claim(connection, "orders", "rolled back", "body"))
                    .isInstanceOf(Claim.First.class);
        }
    }

    @Test
    void letsTheSecondOfTwoAtOnceWaitForTheAnswerOfTheFirst() throws Exception {
        try (Connection first = database.getConnection()) {
            first.setAutoCommit(false);
            Claim claim = IdempotencyKeys.claim(first, "orders", "at once", "body");
            CompletableFuture<Claim> second = CompletableFuture.supplyAsync(() -> {
                try (Connection connection = database.getConnection()) {
                    return IdempotencyKeys.claim(connection, "orders", "at once", "body");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            IdempotencyKeys.answer(first, (Claim.First) claim, CREATED);
            first.commit();
            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(new Claim.Again(CREATED));
        }
    }

    @Test
    void forgetsOldKeys() throws SQLException {
        answered("old", "body");
        try (Connection connection = database.getConnection()) {
            assertThat(IdempotencyKeys.forget(connection, Instant.parse("2020-01-01T00:00:00Z")))
                    .isZero();
            assertThat(IdempotencyKeys.forget(connection, Instant.parse("2999-01-01T00:00:00Z")))
                    .isPositive();
        }
    }

    private static void answered(String key, String request) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Claim claim = IdempotencyKeys.claim(connection, "orders", key, request);
            IdempotencyKeys.answer(connection, (Claim.First) claim, CREATED);
            connection.commit();
        }
    }
}
