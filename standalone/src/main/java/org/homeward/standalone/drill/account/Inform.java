package org.homeward.standalone.drill.account;

import java.time.Instant;
import java.util.List;

/**
 * An Inform that the ACS acknowledged: the CPE has forgotten its events, so the ACS must know them.
 *
 * @param device device id
 * @param from when the CPE began to send it
 * @param until when the CPE had the InformResponse
 * @param events its event codes
 */
public record Inform(String device, Instant from, Instant until, List<String> events) {

    public Inform {
        events = List.copyOf(events);
    }
}
