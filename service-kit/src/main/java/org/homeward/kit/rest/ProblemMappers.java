package org.homeward.kit.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.homeward.kit.consumer.DependencyUnavailable;
import org.homeward.kit.events.BrokerUnavailable;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Tells every exception that leaves a resource as a problem document. */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper({MismatchedInputException.class, JacksonException.class})
    public Response json(JacksonException e) {
        return JsonProblems.of(e).response();
    }

    @ServerExceptionMapper(ConstraintViolationException.class)
    public Response validation(ConstraintViolationException e) {
        boolean ours = e.getConstraintViolations().stream().anyMatch(ProblemMappers::isReturnValue);
        if (ours) {
            return unexpected(e);
        }
        List<Problem.FieldError> errors = e.getConstraintViolations().stream()
                .map(violation -> new Problem.FieldError(fieldOf(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.FieldError::field))
                .toList();
        return Problem.invalid(errors).response();
    }

    private static boolean isReturnValue(ConstraintViolation<?> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.RETURN_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** {@code create.body.windows[0].start} is {@code windows[0].start} to the caller; {@code list.limit} is limit. */
    private static String fieldOf(ConstraintViolation<?> violation) {
        List<String> nodes = new ArrayList<>();
        String parameter = "";
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = node.getName();
            } else if (node.getKind() != ElementKind.METHOD && node.getName() != null) {
                nodes.add(node.toString());
            }
        }
        return nodes.isEmpty() ? parameter : String.join(".", nodes);
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    public Response unauthenticated(SecurityException e) {
        return Problem.unauthenticated("This needs a valid bearer token.").response();
    }

    @ServerExceptionMapper(ForbiddenException.class)
    public Response forbidden(ForbiddenException e) {
        return Problem.forbidden("Your roles do not allow this.").response();
    }

    @ServerExceptionMapper({BrokerUnavailable.class, DependencyUnavailable.class})
    public Response unavailable(RuntimeException e) {
        LOG.debugf(e, "answered 503");
        return Problem.unavailable("A part of the service is away for a moment: " + e.getMessage())
                .response();
    }

    @ServerExceptionMapper(WebApplicationException.class)
    public Response http(WebApplicationException e) {
        if (e instanceof ProblemException problem) {
            return problem.problem().response();
        }
        if (e.getCause() instanceof JacksonException json) {
            return JsonProblems.of(json).response();
        }
        Response said = e.getResponse();
        if (said.getStatus() < 400) {
            return said;
        }
        if (said.getStatus() == 500) {
            return unexpected(e);
        }
        Response.ResponseBuilder response = Response.fromResponse(
                Problem.ofStatus(said.getStatus(), detailOf(e)).response());
        String retryAfter = said.getHeaderString(HttpHeaders.RETRY_AFTER);
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        if (e instanceof NotAllowedException) {
            response.header(HttpHeaders.ALLOW, said.getHeaderString(HttpHeaders.ALLOW));
        }
        return response.build();
    }

    private static String detailOf(WebApplicationException e) {
        return switch (e.getResponse().getStatus()) {
            case 404 -> "There is nothing at this path.";
            case 405 -> "This path does not know this method.";
            case 406 -> "None of the accepted media types can be produced here; this is JSON.";
            case 415 -> "This media type is not read here; send JSON as application/json.";
            default -> String.valueOf(e.getMessage());
        };
    }

    @ServerExceptionMapper(Throwable.class)
    public Response unexpected(Throwable e) {
        if (isLostUpdate(e)) {
            return Problem.conflict("Somebody changed it at the same moment; read it again and repeat.")
                    .response();
        }
        String correlation = UUID.randomUUID().toString();
        LOG.errorf(e, "answered 500, correlation %s", correlation);
        return Problem.internal(correlation).response();
    }

    /** By name, since services without Hibernate do not have these classes. */
    private static boolean isLostUpdate(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String name = cause.getClass().getSimpleName();
            if (name.equals("OptimisticLockException") || name.equals("StaleObjectStateException")) {
                return true;
            }
        }
        return false;
    }
}
