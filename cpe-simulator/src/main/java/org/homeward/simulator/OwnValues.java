package org.homeward.simulator;

import java.util.function.UnaryOperator;

/** What {@code ${name}} stands for in the data model of one CPE. */
record OwnValues(SimulatedCpe cpe, String acsUrl, Credentials factory) implements UnaryOperator<String> {

    @Override
    public String apply(String name) {
        CpeIdentity identity = cpe.identity();
        return switch (name) {
            case "manufacturer" -> identity.manufacturer();
            case "oui" -> identity.oui();
            case "productClass" -> identity.productClass();
            case "serial" -> identity.serial();
            case "serial4" -> identity.serialTail();
            case "mac" -> identity.mac();
            case "wanIp" -> identity.wanIp();
            case "uptime" -> Long.toString(cpe.uptime().toSeconds());
            case "now" -> cpe.now();
            case "acsUrl" -> acsUrl;
            case "acsUsername" -> factory.username();
            case "acsPassword" -> factory.password();
            case "connectionRequestUrl" -> cpe.connectionRequestUrl().toString();
            case "connectionRequestUsername" -> identity.deviceId();
            case "connectionRequestPassword" -> "factory-" + identity.serial();
            case "periodicInformInterval" ->
                Long.toString(cpe.options().periodicInform().toSeconds());
            default -> throw new IllegalArgumentException("unknown placeholder in a data model: ${" + name + "}");
        };
    }
}
