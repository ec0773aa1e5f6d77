package org.homeward.registry.subscriber.rest;

/** Bodies that the API description shows. */
final class SubscriberExamples {

    static final String SUBSCRIBER = """
            {"id": "C-1001", "attributes": {"name": "Ann Example", "plan": "gold"},
             "createdAt": "2026-01-30T10:11:12Z", "updatedAt": "2026-01-31T08:00:00Z", "updatedBy": "bss", "version": 1}
            """;
    static final String NEW_SUBSCRIBER = """
            {"id": "C-1001", "attributes": {"name": "Ann Example", "plan": "gold"}}
            """;
    static final String PATCH = """
            {"attributes": {"plan": "silver", "note": null}}
            """;
    static final String SERVICE = """
            {"id": "internet", "type": "internet",
             "attributes": {"username": "ann@isp", "vlan": 7,
                            "password": {"secret": true, "setAt": "2026-01-30T10:11:12Z"}},
             "createdAt": "2026-01-30T10:11:12Z", "updatedAt": "2026-01-30T10:11:12Z", "updatedBy": "bss", "version": 0}
            """;
    static final String NEW_SERVICE = """
            {"id": "internet", "type": "internet",
             "attributes": {"username": "ann@isp", "password": "s3cret", "vlan": 7}}
            """;
    static final String SERVICE_PATCH = """
            {"attributes": {"password": "another"}}
            """;
    static final String BINDING = """
            {"id": "0b2b2c9e-5c6b-4d8e-9a37-4a1c7a3e2f10", "by": "mac", "value": "00259ea1b2c3", "state": "bound",
             "devices": ["00259E-HG8245H-48575443A1B2"], "createdAt": "2026-01-30T10:11:12Z", "createdBy": "bss",
             "endedAt": null, "endedBy": null, "endedWhy": null}
            """;
    static final String NEW_BINDING = """
            {"mac": "00:25:9E:A1:B2:C3"}
            """;
    static final String TYPE = """
            {"name": "internet", "attributes": {"username": {"type": "string"},
             "password": {"type": "string", "secret": true},
             "vlan": {"type": "integer", "minimum": 0, "maximum": 4094}}}
            """;
    static final String NEW_TYPE = """
            {"attributes": {"gatekeeper": {"type": "string"}, "unlock": {"type": "string", "secret": true}}}
            """;
    static final String CSV = """
            subscriber,attributes.name,service,service.username,service.password,service.vlan,mac
            C-1001,Ann Example,internet,ann@isp,s3cret,7,00:25:9E:A1:B2:C3
            """;
    static final String REPORT = """
            {"lines": [{"line": 2, "subscriber": "C-1001", "result": "created"},
                       {"line": 3, "result": "refused", "column": "service.vlan", "why": "is a whole number"}],
             "created": 1, "updated": 0, "unchanged": 0, "refused": 1}
            """;

    private SubscriberExamples() {}
}
