package org.homeward.kit.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.homeward.kit.TestDatabase;
import org.homeward.kit.rest.Page;
import org.homeward.kit.rest.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private static final Fields FIELDS = Fields.of(
            Field.text("productClass", "d.product_class"),
            Field.texts("tags", "d.tags"),
            Field.time("lastInform", "d.last_inform"),
            Field.number("uptime", "d.uptime"),
            Field.bool("trace", "d.trace"),
            Field.text("mac", "d.mac")
                    .normalised(mac -> mac.replaceAll("[:-]", "").toUpperCase(Locale.ROOT)));

    private static DataSource database;

    private record Row(String id, @Nullable String lastInform) {}

    @BeforeAll
    static void fill() throws SQLException {
        database = TestDatabase.fresh();
        TestDatabase.run(database, """
                create table device (id text primary key, product_class text, tags text[] not null,
                    last_inform timestamptz, uptime bigint, trace boolean not null, mac text);
                insert into device values
                    ('a', 'HG8245H', '{beta,lab}', '2026-01-01T00:00:00Z', 10, false, '001122334455'),
                    ('b', 'HG8245Q', '{lab}',      '2026-01-02T00:00:00Z', 20, true,  'AABBCCDDEEFF'),
                    ('c', 'F_100%',  '{}',         '2026-01-02T00:00:00Z', 30, false, null),
                    ('d', null,      '{beta}',     null,                 null, false, null);
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "productClass==HG8245H              | a",
                "productClass==HG*                  | ab",
                "productClass==*_1*                 | c",
                "productClass=='*0%'                | c",
                "productClass!=HG*                  | cd",
                "productClass!=HG8245H              | bcd",
                "productClass=in=(HG8245H,HG8245Q)  | ab",
                "productClass=out=(HG8245H)         | bcd",
                "productClass=gt=G                  | ab",
                "productClass=isnull=true           | d",
                "tags==lab                          | ab",
                "tags=in=(beta,x)                   | ad",
                "tags=out=(beta)                    | bc",
                "tags!=lab                          | cd",
                "lastInform=lt=2026-01-02T00:00:00Z | a",
                "lastInform>=2026-01-02             | bc",
                "lastInform=ge='2026-01-02T02:00:00+02:00' | bc",
                "uptime>10                          | bc",
                "uptime=in=(10,30)                  | ac",
                "uptime!=10                         | bcd",
                "trace==true                        | b",
                "trace!=true                        | acd",
                "mac==00:11:22:33:44:55             | a",
                "mac==aabb*                         | b",
                "productClass==HG*;tags==beta       | a",
                "tags==beta,trace==true             | abd",
                "(tags==beta,trace==true);uptime<20 | a"
            })
    void findsWhatTheQueryMeans(String q, String expected) throws SQLException {
        assertThat(String.join("", select(FIELDS.where(q), FIELDS.sort("", "productClass", "d.id"))))
                .satisfies(found -> assertThat(found.chars().sorted().toArray())
                        .isEqualTo(expected.chars().sorted().toArray()));
    }

    @Test
    void bindsWhatLooksLikeSql() throws SQLException {
        Condition hostile = FIELDS.where("productClass==\"' or true; drop table device; --\"");
        assertThat(hostile.sql()).isEqualTo("d.product_class = ?");
        assertThat(select(hostile, FIELDS.sort(null, "productClass", "d.id"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serial==1",
                "productClass=like=x",
                "tags=gt=a",
                "tags=in=()",
                "productClass=isnull=maybe",
                "trace=in=(true,false)",
                "uptime==soon",
                "lastInform=lt=yesterday",
                "trace==perhaps",
                "productClass==",
                "productClass",
                "(productClass==a",
                "a;b",
                ";",
                "product Class==a"
            })
    void refusesWhatItCanNotAnswer(String q) {
        assertThatThrownBy(() -> FIELDS.where(q))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(e -> {
                    assertThat(e.problem().status()).isEqualTo(400);
                    assertThat(e.problem().errors().getFirst().field()).isEqualTo("q");
                });
    }

    @Test
    void namesTheFieldThatIsUnknown() {
        assertThatThrownBy(() -> FIELDS.where("serial==1"))
                .hasMessageContaining("\"serial\"")
                .hasMessageContaining("productClass");
    }

    @Test
    void refusesAQueryThatIsMadeToHurt() {
        assertThatThrownBy(() -> FIELDS.where("(".repeat(1000) + "uptime==1" + ")".repeat(1000)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> FIELDS.where("uptime==1" + ",uptime==1".repeat(200)))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({"lastInform,abcd", "-lastInform,cbad", "uptime,abcd", "-uptime,cbad", "productClass,cabd"})
    void pagesInOrderWithNothingTwiceAndNothingLost(String sort, String expected) throws SQLException {
        Sort order = FIELDS.sort(sort, "-lastInform", "d.id");
        List<String> seen = new ArrayList<>();
        @Nullable String cursor = "";
        while (cursor != null) {
            List<Row> found = rows(order.startingAfter(cursor), order, 2);
            Page<Row> page = Page.of(found, 1, last -> order.after(last.lastInform(), last.id()));
            page.items().forEach(row -> seen.add(row.id()));
            cursor = page.next();
        }
        assertThat(String.join("", seen)).isEqualTo(expected);
    }

    @Test
    void refusesACursorThatWasChangedOrIsOfAnotherOrder() {
        Sort order = FIELDS.sort("-lastInform", "-lastInform", "d.id");
        String cursor = order.after("2026-01-01T00:00:00Z", "a").encode();
        String changed = (cursor.charAt(0) == 'A' ? 'B' : 'A') + cursor.substring(1);
        for (String bad : List.of(changed, "x", "####", cursor.substring(0, 9))) {
            assertThatThrownBy(() -> order.startingAfter(bad))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("cursor");
        }
        assertThatThrownBy(() -> FIELDS.sort("uptime", "", "d.id").startingAfter(cursor))
                .hasMessageContaining("another sort");
    }

    @Test
    void refusesASortThatIsNone() {
        assertThatThrownBy(() -> FIELDS.sort("tags", "uptime", "d.id")).hasMessageContaining("sort");
        assertThatThrownBy(() -> FIELDS.sort("-serial", "uptime", "d.id")).hasMessageContaining("productClass");
    }

    private static List<String> select(Condition where, Sort sort) throws SQLException {
        return rows(where, sort, 100).stream().map(Row::id).toList();
    }

    /** The second column is the sort field's value, as a service would hand it to the cursor. */
    private static List<Row> rows(Condition where, Sort sort, int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select d.id, " + sort.field().column() + " from device d where " + where.sql() + " order by "
                                + sort.orderBy() + " limit " + limit)) {
            int index = 1;
            for (Object parameter : where.parameters()) {
                if (parameter instanceof String[] texts) {
                    Array array = connection.createArrayOf("text", texts);
                    select.setArray(index++, array);
                } else {
                    select.setObject(index++, parameter);
                }
            }
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Object value = found.getObject(2);
                    rows.add(new Row(
                            found.getString(1),
                            value == null
                                    ? null
                                    : value instanceof java.sql.Timestamp time
                                            ? time.toInstant().toString()
                                            : value.toString()));
                }
            }
            return rows;
        }
    }
}
