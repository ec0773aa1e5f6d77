package org.homeward.standalone;

import java.util.List;

/**
 * Where things listen on loopback.
 *
 * @param offset added to every port, so that several can run beside each other
 */
public record PortPlan(int offset) {

    /** Those of TCP. */
    public List<Integer> all() {
        return List.of(cwmp(), http(), keycloak(), kafka(), postgres(), mongo());
    }

    /** Those of UDP. */
    public List<Integer> allUdp() {
        return List.of(stun(), stunAlternate());
    }

    public int stun() {
        return 3478 + offset;
    }

    public int stunAlternate() {
        return 3479 + offset;
    }

    public int cwmp() {
        return 7547 + offset;
    }

    public int http() {
        return 8080 + offset;
    }

    public int keycloak() {
        return 8180 + offset;
    }

    public int kafka() {
        return 9092 + offset;
    }

    public int postgres() {
        return 5433 + offset;
    }

    public int mongo() {
        return 27018 + offset;
    }
}
