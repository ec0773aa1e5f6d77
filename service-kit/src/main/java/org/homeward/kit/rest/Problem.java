package org.homeward.kit.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 wants it told, {@code application/problem+json}.
 *
 * @param type {@code urn:homeward:problem:} and a word that programs may rely on
 * @param title the same for all problems of the type
 * @param status HTTP status
 * @param detail what is wrong here, and what to do about it
 * @param instance what to name when asking about it: the correlation id of an error of ours
 * @param errors which fields are wrong and why
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** @param field name of the parameter, header or JSON property ({@code values.Device.X}, {@code windows[0].start}) */
    public record FieldError(String field, String message) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    private static Problem of(String word, String title, int status, String detail) {
        return new Problem("urn:homeward:problem:" + word, title, status, detail, null, List.of());
    }

    /** HTTP 400: a field is wrong. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** HTTP 400: some fields are wrong. */
    public static Problem invalid(List<FieldError> errors) {
        String detail = errors.isEmpty()
                ? "The request is not understood."
                : errors.getFirst().field() + ": " + errors.getFirst().message();
        return new Problem("urn:homeward:problem:invalid-request", "Invalid request", 400, detail, null, errors);
    }

    /** HTTP 401. */
    public static Problem unauthenticated(String detail) {
        return of("unauthenticated", "Sign in first", 401, detail);
    }

    /** HTTP 403. */
    public static Problem forbidden(String detail) {
        return of("forbidden", "Not allowed", 403, detail);
    }

    /** HTTP 403: the caller may do this, but not with this value. */
    public static Problem forbidden(String field, String message) {
        return new Problem(
                "urn:homeward:problem:forbidden",
                "Not allowed",
                403,
                field + ": " + message,
                null,
                List.of(new FieldError(field, message)));
    }

    /** HTTP 404: {@code no device 00AABB-SN1}. */
    public static Problem notFound(String what, Object id) {
        return of("not-found", "Not found", 404, "no " + what + " " + id);
    }

    /** HTTP 409: what is asked for does not go with how things are. */
    public static Problem conflict(String detail) {
        return of("conflict", "Conflict", 409, detail);
    }

    /** HTTP 412: somebody changed it meanwhile. */
    public static Problem changedMeanwhile(String detail) {
        return of("changed-meanwhile", "Changed meanwhile", 412, detail);
    }

    /** HTTP 422: understood, but can't be done so. */
    public static Problem unprocessable(String field, String message) {
        return new Problem(
                "urn:homeward:problem:unprocessable",
                "Can't be done",
                422,
                field + ": " + message,
                null,
                List.of(new FieldError(field, message)));
    }

    /** HTTP 503: something that we need is away; the same request may succeed soon. */
    public static Problem unavailable(String detail) {
        return of("unavailable", "Try again soon", 503, detail);
    }

    /** HTTP 500, with the id under which the log has the rest. */
    public static Problem internal(String correlation) {
        return new Problem(
                "urn:homeward:problem:internal",
                "Internal error",
                500,
                "Something went wrong here. The log has the details under this instance.",
                "urn:uuid:" + correlation,
                List.of());
    }

    /** What HTTP itself has a word for. */
    public static Problem ofStatus(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "HTTP " + status : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail, null, List.of());
    }

    /** To be thrown from a resource. */
    public ProblemException exception() {
        return new ProblemException(this);
    }

    /** As a response. */
    public Response response() {
        Response.ResponseBuilder response = Response.status(status)
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .entity(json());
        if (status == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        } else if (status == 503) {
            response.header(HttpHeaders.RETRY_AFTER, 1);
        }
        return response.build();
    }

    /** As JSON text. */
    public String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
