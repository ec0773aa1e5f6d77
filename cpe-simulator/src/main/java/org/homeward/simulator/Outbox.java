package org.homeward.simulator;

import java.util.ArrayList;
import java.util.List;
import org.homeward.simulator.behaviour.Misbehaviour;

/**
 * What a CPE has to ask or tell its ACS by requests of its own (TR-069 A.3.3, A.4.2), until the ACS has answered. Safe
 * for use by several threads.
 */
final class Outbox {

    /**
     * One request.
     *
     * @param body its XML
     * @param events that announce it in the Inform and stay until it is answered
     * @param confirmed what its answer settles
     */
    record OwnRequest(String method, String body, List<CpeEvent> events, Runnable confirmed) {}

    private final PendingEvents events;
    private List<OwnRequest> requests = List.of();

    Outbox(PendingEvents events) {
        this.events = events;
    }

    synchronized void add(OwnRequest request) {
        List<OwnRequest> more = new ArrayList<>(requests);
        more.add(request);
        requests = more;
        request.events().forEach(events::add);
    }

    /** What the next session says. */
    synchronized List<OwnRequest> toSend(SimulatedCpe cpe) {
        List<OwnRequest> all = new ArrayList<>();
        for (OwnRequest request : requests) {
            all.add(request);
            if (request.method().equals("TransferComplete") && cpe.does(Misbehaviour.DOUBLED_TRANSFER_COMPLETE)) {
                all.add(request);
            }
        }
        if (cpe.options().asksRpcMethods()) {
            all.add(new OwnRequest("GetRPCMethods", "<cwmp:GetRPCMethods/>", List.of(), () -> {}));
        }
        return all;
    }

    synchronized boolean announces(CpeEvent event) {
        return requests.stream().anyMatch(r -> r.events().contains(event));
    }

    /** An event that several requests share stays with the others. */
    void confirmed(OwnRequest request) {
        synchronized (this) {
            if (!requests.contains(request)) {
                return;
            }
            requests = requests.stream().filter(r -> r != request).toList();
            request.events().stream().filter(e -> !announces(e)).forEach(events::remove);
        }
        request.confirmed().run();
    }

    synchronized void clear() {
        requests = List.of();
    }
}
