package org.homeward.kit.rest;

import org.jspecify.annotations.Nullable;

/** Which version of a thing somebody has seen; an {@code ETag} and what {@code If-Match} is held against. */
public record Revision(long number) {

    /** Value of the {@code ETag} header. */
    public String tag() {
        return "\"" + number + "\"";
    }

    /**
     * Holds an {@code If-Match} header against this version. Without a header anything goes.
     *
     * @throws ProblemException HTTP 412 when the caller has seen another version
     */
    public void requireMatch(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            return;
        }
        for (String candidate : ifMatch.split(",")) {
            String tag = candidate.strip();
            // a proxy that compresses makes tags weak
            if (tag.equals("*") || tag.equals(tag()) || tag.equals("W/" + tag())) {
                return;
            }
        }
        throw Problem.changedMeanwhile("If-Match names another version than " + tag() + "; read it again")
                .exception();
    }
}
