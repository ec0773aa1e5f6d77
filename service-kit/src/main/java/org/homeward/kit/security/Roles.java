package org.homeward.kit.security;

/** The roles of the realm, for {@code @RolesAllowed}. A role includes no other: name all that may. */
public final class Roles {

    /** Everything, settings of the installation included. */
    public static final String ADMIN = "admin";
    /** Devices, orders, profiles, campaigns. */
    public static final String OPERATOR = "operator";
    /** Helps subscribers: reads all, orders what does no harm. */
    public static final String SUPPORT = "support";
    /** Installs devices on site. */
    public static final String FIELD = "field";
    /** Reads all, changes nothing. */
    public static final String AUDITOR = "auditor";
    /** Sees and changes only its own devices, through self-care. */
    public static final String SUBSCRIBER = "subscriber";

    private Roles() {}
}
