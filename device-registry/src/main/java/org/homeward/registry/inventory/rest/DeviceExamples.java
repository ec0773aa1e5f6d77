package org.homeward.registry.inventory.rest;

/** Bodies that the API description shows. */
final class DeviceExamples {

    static final String DEVICE = """
            {"id": "00259E-HG8245H-48575443A1B2", "oui": "00259E", "productClass": "HG8245H",
             "serialNumber": "48575443A1B2", "manufacturer": "Huawei", "softwareVersion": "V3R017C10",
             "hardwareVersion": "3AF.A", "root": "InternetGatewayDevice.", "provisioningCode": "",
             "ips": ["192.0.2.17"], "macs": ["00259ea1b2c3"],
             "connectionRequestUrl": "http://192.0.2.17:7547/cr", "periodicInformSeconds": 3600,
             "tags": ["beta"], "subscriberId": "C-1001", "trace": false,
             "online": {"state": "online", "since": "2026-01-31T08:00:00Z", "evidence": "Inform"},
             "lastInform": "2026-01-31T09:00:00Z", "lastEvents": ["2 PERIODIC"],
             "registeredAt": "2026-01-30T10:11:12Z", "version": 3}
            """;
    static final String NEW_DEVICE = """
            {"oui": "00259E", "productClass": "HG8245H", "serialNumber": "48575443A1B2", "tags": ["beta"],
             "subscriberId": "C-1001", "credentials": {"username": "00259E-HG8245H-48575443A1B2",
             "password": "printed on the box"}}
            """;
    static final String PATCH = """
            {"tags": ["beta", "lab"], "subscriberId": null, "trace": true}
            """;
    static final String CSV = """
            oui,productClass,serialNumber,tags,subscriberId,username,password
            00259E,HG8245H,48575443A1B2,beta lab,C-1001,,
            """;
    static final String REPORT = """
            {"created": 1, "existing": 0, "refused": 0,
             "lines": [{"line": 2, "id": "00259E-HG8245H-48575443A1B2", "result": "created"}]}
            """;

    private DeviceExamples() {}
}
