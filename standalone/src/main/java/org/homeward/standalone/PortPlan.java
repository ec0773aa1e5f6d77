package org.homeward.standalone;

/**
 * Where things listen on loopback.
 *
 * @param offset added to every port, so that several can run beside each other
 */
record PortPlan(int offset) {

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
