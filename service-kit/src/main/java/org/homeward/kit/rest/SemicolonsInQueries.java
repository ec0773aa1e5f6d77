package org.homeward.kit.rest;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;

/**
 * A semicolon in a query is a character like any other: {@code q=productClass==HG8245H;tags==beta}. Vert.x takes it for
 * the end of a parameter, as HTML 4 once did, and would silently answer half of the question.
 */
@ApplicationScoped
class SemicolonsInQueries {

    private static final int MOST_PARAMETERS = 100;

    void add(@Observes Router router) {
        router.route("/api/*").order(Integer.MIN_VALUE).handler(SemicolonsInQueries::read);
    }

    private static void read(RoutingContext context) {
        String query = context.request().query();
        if (query != null && query.indexOf(';') >= 0) {
            MultiMap parameters = context.queryParams();
            parameters.clear();
            new QueryStringDecoder(query, StandardCharsets.UTF_8, false, MOST_PARAMETERS, true)
                    .parameters()
                    .forEach(parameters::add);
        }
        context.next();
    }
}
