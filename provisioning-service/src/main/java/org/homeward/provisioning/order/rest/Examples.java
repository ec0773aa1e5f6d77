package org.homeward.provisioning.order.rest;

/** Bodies that the OpenAPI document shows. */
final class Examples {

    static final String QUEUED = """
            {"id":"0a1c2f56-77f2-4e0c-9c3e-3f4f8f5d7a10","deviceId":"001122-BOX-S1","type":"setParameterValues",
             "state":"queued","result":null,"fault":null,"detail":null,"sessionId":null,"createdBy":"alice",
             "createdAt":"2026-11-21T10:00:00.000Z","expiresAt":"2026-11-22T10:00:00.000Z","finishedAt":null,
             "attempts":[]}""";

    static final String SUCCEEDED = """
            {"id":"0a1c2f56-77f2-4e0c-9c3e-3f4f8f5d7a10","deviceId":"001122-BOX-S1","type":"setParameterValues",
             "state":"succeeded","result":{"status":0,"values":{"Device.WiFi.SSID.1.SSID":{"value":"home",
             "type":"string"}}},"fault":null,"detail":null,"sessionId":"5f0e9d","createdBy":"alice",
             "createdAt":"2026-11-21T10:00:00.000Z","expiresAt":"2026-11-22T10:00:00.000Z",
             "finishedAt":"2026-11-21T10:00:00.084Z","attempts":[{"at":"2026-11-21T10:00:00.020Z",
             "transport":"http","address":"192.0.2.7:7547","millis":31,"outcome":"delivered"},
             {"at":"2026-11-21T10:00:00.020Z","transport":"http","address":"192.0.2.7:7547","millis":52,
             "outcome":"connected"}]}""";

    static final String CONNECTED = """
            {"orderId":"0a1c2f56-77f2-4e0c-9c3e-3f4f8f5d7a10","outcome":"connected","transport":"http",
             "address":"192.0.2.7:7547","cause":null,"at":"2026-11-21T10:00:00.084Z",
             "attempts":[{"at":"2026-11-21T10:00:00.020Z","transport":"http","address":"192.0.2.7:7547","millis":31,
             "outcome":"delivered"},{"at":"2026-11-21T10:00:00.020Z","transport":"http","address":"192.0.2.7:7547",
             "millis":52,"outcome":"connected"}]}""";

    static final String NOT_REACHED = """
            {"orderId":"0a1c2f56-77f2-4e0c-9c3e-3f4f8f5d7a10","outcome":"unreachable","transport":"stun",
             "address":"203.0.113.7:40123","cause":"http unreachable: Nothing listens at 203.0.113.7:7547; stun
             unreachable: binding expired 40 s ago: the device sends no keep-alives to the STUN server any more",
             "at":"2026-11-21T10:00:00.061Z","attempts":[{"at":"2026-11-21T10:00:00.020Z","transport":"http",
             "address":"203.0.113.7:7547","millis":4,"outcome":"unreachable",
             "cause":"Nothing listens at 203.0.113.7:7547","next":"The device restarts, its CWMP client is off, or its
             address has passed to another: its next Inform brings the present URL."},
             {"at":"2026-11-21T10:00:00.041Z","transport":"stun","address":"203.0.113.7:40123","millis":0,
             "outcome":"unreachable","cause":"binding expired 40 s ago: the device sends no keep-alives to the STUN
             server any more","next":"It is off or its line is down; if it is on, check that STUNServerAddress leads
             here."}]}""";

    static final String SCHEDULE_DOWNLOAD = """
            {"type":"scheduleDownload","fileType":"1 Firmware Upgrade Image","url":"http://files.example/fw-2.1.bin",
             "windows":[{"start":3600,"end":10800,"mode":"3 When Idle"},
             {"start":86400,"end":93600,"mode":"1 At Any Time","maxRetries":2}]}""";

    static final String CHANGE_DU_STATE = """
            {"type":"changeDUState","operations":[
             {"operation":"install","url":"http://files.example/app-1.ipk",
             "executionEnvRef":"Device.SoftwareModules.ExecEnv.1"},
             {"operation":"uninstall","uuid":"6f1c1d0e-3f7c-4a55-9a3a-0d4b5a6c7d8e"}]}""";

    private Examples() {}
}
