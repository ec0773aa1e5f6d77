package org.homeward.standalone;

import java.util.List;

/**
 * Where things listen on loopback.
 *
 * @param offset added to every port, so that several can run beside each other
 */
record PortPlan(int offset) {

    List<Integer> all() {
        return List.of(cwmp(), http(), keycloak(), kafka(), postgres(), mongo());
    }

    int cwmp() {
        return 7547 + offset;
    }

    int http() {
        return 8080 + offset;
    }

    int keycloak() {
        return 8180 + offset;
    }

    int kafka() {
        return 9092 + offset;
    }

    int postgres() {
        return 5433 + offset;
    }

    int mongo() {
        return 27018 + offset;
    }
}
