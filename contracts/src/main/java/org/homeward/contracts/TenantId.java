package org.homeward.contracts;

import java.util.regex.Pattern;

/** An operator on a shared installation: 1 to 32 characters of {@code a-z 0-9 -}, beginning with a letter. */
public record TenantId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** The tenant of an ACS URL without a tenant in its path. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!value.equals("default") && !SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a tenant id: 1 to 32 of a-z 0-9 -, beginning with a letter");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
