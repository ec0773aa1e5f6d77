package org.homeward.kit.rest;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Problem documents for what ends before it reaches a resource: a bad token, a path that nobody serves, a body that is
 * too large. Only below {@code /api/}; other listeners have their own words.
 */
@ApplicationScoped
public class HttpProblems {

    void add(@Observes Router router) {
        router.route("/api/*").order(Integer.MIN_VALUE).failureHandler(HttpProblems::failed);
        router.route("/api/*")
                .order(Integer.MAX_VALUE)
                .handler(context -> answer(context, Problem.ofStatus(404, "There is nothing at this path.")));
    }

    private static void failed(RoutingContext context) {
        Throwable failure = context.failure();
        if (context.response().ended() || context.response().headWritten()) {
            context.next();
        } else if (failure instanceof AuthenticationFailedException || failure instanceof UnauthorizedException) {
            answer(context, Problem.unauthenticated("This needs a valid bearer token."));
        } else if (failure instanceof ForbiddenException) {
            answer(context, Problem.forbidden("Your roles do not allow this."));
        } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
            answer(context, Problem.ofStatus(context.statusCode(), "The request was refused."));
        } else {
            context.next();
        }
    }

    private static void answer(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.end(problem.json());
    }
}
