package org.homeward.standalone.drill.account;

import java.util.Map;

/**
 * An RPC as a CPE received it.
 *
 * @param method such as {@code AddObject}
 * @param key its ParameterKey or CommandKey
 * @param values by path, for SetParameterValues
 */
public record Told(String device, String method, String key, Map<String, String> values) {

    public Told {
        values = Map.copyOf(values);
    }
}
