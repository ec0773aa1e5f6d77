package org.homeward.provisioning.capability;

/** A mapping is wrong; its message begins with file and line. Nothing starts with such a file. */
public final class MappingFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    MappingFault(String file, int line, String message) {
        super(file + ':' + line + ": " + message);
    }
}
