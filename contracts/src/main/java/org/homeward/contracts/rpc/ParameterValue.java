package org.homeward.contracts.rpc;

/**
 * A parameter and its value as text.
 *
 * @param path full path, at most 256 characters
 * @param value as the CPE wrote it or shall read it; the sealed text when {@code sealed}
 * @param sealed whether {@code value} is encrypted: values of {@link SensitivePaths} never travel in clear
 */
public record ParameterValue(String path, String value, ValueType type, boolean sealed) {

    public ParameterValue(String path, String value, ValueType type) {
        this(path, value, type, false);
    }

    @Override
    public String toString() {
        return path + '=' + (sealed || SensitivePaths.isSensitive(path) ? "(secret)" : value) + " (" + type.typeName()
                + ')';
    }
}
