package org.homeward.provisioning.order.rest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.homeward.kit.rest.Problem;
import org.jspecify.annotations.Nullable;

/** Single fields of a body, checked; what is wrong is told with the field's name. */
final class Texts {

    private Texts() {}

    static String required(String field, @Nullable String text, int longest) {
        if (text == null || text.isBlank()) {
            throw Problem.invalid(field, "is missing").exception();
        }
        return optional(field, text, longest);
    }

    static String optional(String field, @Nullable String text, int longest) {
        if (text != null && text.length() > longest) {
            throw Problem.invalid(field, "is longer than " + longest + " characters")
                    .exception();
        }
        return text == null ? "" : text;
    }

    static long number(String field, @Nullable Long number, long least, long most, @Nullable Long otherwise) {
        Long value = number == null ? otherwise : number;
        if (value == null || value < least || value > most) {
            throw Problem.invalid(field, "is not a number from " + least + " to " + most)
                    .exception();
        }
        return value;
    }

    /** TR-069 A.3.2.8: at most 256 characters, no user information. */
    static String url(String field, @Nullable String text) {
        return url(field, text, 256);
    }

    /** Without user information. */
    static String url(String field, @Nullable String text, int longest) {
        String url = required(field, text, longest);
        try {
            URI uri = new URI(url);
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw Problem.invalid(field, "is not an absolute URL").exception();
            }
            if (uri.getUserInfo() != null) {
                throw Problem.invalid(field, "holds credentials; they belong in username and password")
                        .exception();
            }
            return url;
        } catch (URISyntaxException e) {
            throw Problem.invalid(field, "is not a URL: " + e.getReason()).exception();
        }
    }

    static void requireDistinct(String field, List<String> paths) {
        Set<String> seen = new HashSet<>();
        for (String path : paths) {
            if (!seen.add(path)) {
                throw Problem.invalid(field, "names " + path + " twice").exception();
            }
        }
    }
}
