package org.homeward.gateway.soap;

import java.util.Set;

/** The XML namespaces of CWMP. Versions 1.3 and 1.4 use that of 1.2, yet CPEs are seen with names of their own. */
public final class CwmpNamespace {

    static final String FAMILY = "urn:dslforum-org:cwmp-";
    public static final String V1_0 = FAMILY + "1-0";
    public static final String V1_1 = FAMILY + "1-1";
    public static final String V1_2 = FAMILY + "1-2";

    private static final Set<String> SPOKEN = Set.of(V1_0, V1_1, V1_2, FAMILY + "1-3", FAMILY + "1-4");

    private CwmpNamespace() {}

    /** Whether we read and answer in this namespace. */
    public static boolean isSpoken(String namespace) {
        return SPOKEN.contains(namespace);
    }
}
