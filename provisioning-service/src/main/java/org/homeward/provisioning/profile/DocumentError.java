package org.homeward.provisioning.profile;

/**
 * What is wrong with a document, and where.
 *
 * @param field such as {@code values[Device.X].expression}
 * @param place such as {@code line 1, column 14} of the field's text; empty where the field says it all
 */
public record DocumentError(String field, String place, String message) {

    public DocumentError(String field, String message) {
        this(field, "", message);
    }

    /** For people: the place, if there is one, and what is wrong. */
    public String text() {
        return place.isEmpty() ? message : place + ": " + message;
    }

    @Override
    public String toString() {
        return field + ": " + text();
    }
}
