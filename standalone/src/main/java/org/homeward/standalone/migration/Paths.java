package org.homeward.standalone.migration;

import java.util.regex.Pattern;

/** Which of the paths that GenieACS knows are parameters of a device. */
final class Paths {

    private static final Pattern PARAMETER = Pattern.compile("(Device|InternetGatewayDevice)(\\.[A-Za-z0-9_-]+)+");

    private Paths() {}

    static boolean isParameter(String path) {
        return PARAMETER.matcher(path).matches();
    }
}
