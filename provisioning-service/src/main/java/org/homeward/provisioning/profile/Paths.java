package org.homeward.provisioning.profile;

import java.util.regex.Pattern;

/** How names of parameters and objects are written (TR-106 3.1). */
public final class Paths {

    private static final int LONGEST = 256;
    private static final Pattern PARAMETER = Pattern.compile("(Device|InternetGatewayDevice)(\\.[A-Za-z0-9_-]+)+");
    private static final Pattern TABLE = Pattern.compile("(Device|InternetGatewayDevice)(\\.[A-Za-z0-9_-]+)+\\.");
    private static final Pattern COLUMN = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private Paths() {}

    /** Whether it is the full path of a parameter. */
    public static boolean isParameter(String text) {
        return text.length() <= LONGEST && PARAMETER.matcher(text).matches();
    }

    static boolean isTable(String text) {
        return text.length() <= LONGEST && TABLE.matcher(text).matches();
    }

    /** A parameter's name within a row. */
    static boolean isColumn(String text) {
        return text.length() <= LONGEST && COLUMN.matcher(text).matches();
    }

    /** {@code Device.} or {@code InternetGatewayDevice.} */
    static String root(String path) {
        return path.substring(0, path.indexOf('.') + 1);
    }
}
