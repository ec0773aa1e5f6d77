package org.homeward.registry.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.Event;
import org.homeward.contracts.OrderId;
import org.homeward.contracts.SessionId;
import org.homeward.contracts.order.OrderEvent;
import org.homeward.contracts.rpc.ParameterInfo;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.session.SessionEvent;
import org.homeward.contracts.session.SessionEvent.AutonomousDUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.AutonomousTransferCompleted;
import org.homeward.contracts.session.SessionEvent.DUStateChangeCompleted;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.contracts.session.SessionEvent.PlanRefused;
import org.homeward.contracts.session.SessionEvent.RpcCompleted;
import org.homeward.contracts.session.SessionEvent.RpcDispatched;
import org.homeward.contracts.session.SessionEvent.SessionClosed;
import org.homeward.contracts.session.SessionEvent.TransferCompleted;
import org.homeward.contracts.session.SessionTranscript;
import org.homeward.kit.consumer.Delivery;
import org.homeward.registry.inventory.Contact;
import org.homeward.registry.inventory.Reported;
import org.homeward.registry.order.OrderNote;
import org.homeward.registry.session.SessionNote;
import org.homeward.registry.session.TranscriptStore;
import org.homeward.registry.twin.CompleteNames;
import org.homeward.registry.twin.Finding;
import org.homeward.registry.twin.InformFingerprint;
import org.homeward.registry.twin.NoisyParameters;
import org.homeward.registry.twin.Observation;
import org.jspecify.annotations.Nullable;

/** What the events of a poll tell about one device, sorted by what is to be done with it. */
final class DeviceNews {

    private final DeviceKey device;
    private final NoisyParameters noisy;
    private final PartialNames partialNames;
    private @Nullable Long lastPrint;
    private @Nullable Contact contact;
    private final Reported reported = new Reported();
    private final List<Observation> observations = new ArrayList<>();
    private final Map<SessionId, SessionNote> sessions = new LinkedHashMap<>();
    private final Map<OrderId, OrderNote> orders = new LinkedHashMap<>();
    private final List<TranscriptStore.Part> transcripts = new ArrayList<>();

    /** @param lastPrint the print of the device's last Inform, if nothing else was told about its parameters since */
    DeviceNews(DeviceKey device, @Nullable Long lastPrint, NoisyParameters noisy, PartialNames partialNames) {
        this.device = device;
        this.lastPrint = lastPrint;
        this.noisy = noisy;
        this.partialNames = partialNames;
    }

    /** Takes in the next event of the device. */
    void add(Delivery.Arrived arrived) {
        Event<?> event = arrived.event();
        switch (event.data()) {
            case SessionEvent session -> session(arrived, session);
            case SessionTranscript transcript -> {
                transcripts.add(new TranscriptStore.Part(device, transcript));
                note(SessionNote.of(device, transcript));
            }
            case OrderEvent order ->
                orders.merge(order.order(), OrderNote.of(device, event.time(), order), OrderNote::and);
            default -> throw new IllegalArgumentException("not on a topic that the registry reads: " + event.type());
        }
    }

    private void session(Delivery.Arrived arrived, SessionEvent data) {
        switch (data) {
            case InformReceived inform -> inform(arrived, inform);
            case RpcCompleted rpc -> rpc(arrived, rpc);
            case SessionClosed closed ->
                note(SessionNote.of(device, arrived.event().time(), closed));
            // the brain's matters; what was said stands in the transcript
            case RpcDispatched dispatched -> {}
            case TransferCompleted completed -> {}
            case AutonomousTransferCompleted completed -> {}
            case DUStateChangeCompleted completed -> {}
            case AutonomousDUStateChangeCompleted completed -> {}
            case PlanRefused refused -> {}
        }
    }

    private void note(SessionNote note) {
        sessions.merge(note.session(), note, SessionNote::and);
    }

    private void inform(Delivery.Arrived arrived, InformReceived inform) {
        note(SessionNote.of(device, arrived.event().time(), inform));
        if (contact == null || !arrived.event().time().isBefore(contact.at())) {
            contact = new Contact(device, arrived.event().time(), SessionNote.eventCodes(inform));
        }
        long print = InformFingerprint.of(inform, noisy);
        if (lastPrint == null || print != lastPrint) {
            reported.called(inform.device().manufacturer(), inform.remoteAddress());
            reported.proved(inform.authentication().credential());
            inform.parameters().forEach(reported::add);
            observe(arrived, inform.session(), new Finding.Informed(inform.parameters()));
            lastPrint = print;
        }
    }

    private void rpc(Delivery.Arrived arrived, RpcCompleted rpc) {
        switch (rpc.result()) {
            case RpcResult.Values values -> {
                values.parameters().forEach(reported::add);
                tell(arrived, rpc, new Finding.Read(values.parameters()));
            }
            case RpcResult.Names names -> {
                Optional<List<ParameterInfo>> all = partialNames.complete(rpc, names);
                tell(
                        arrived,
                        rpc,
                        new Finding.Named(
                                all.orElse(names.parameters()),
                                all.map(CompleteNames::below).orElse("")));
            }
            case RpcResult.Applied applied when applied.status() == 0 -> applied(arrived, rpc);
            case RpcResult.ObjectAdded added
            when rpc.request() instanceof Rpc.AddObject request ->
                tell(arrived, rpc, new Finding.ObjectAdded(request.object() + added.instanceNumber() + "."));
            // applied later: the CPE will say when it is, and until then reads tell
            case RpcResult.Applied later -> {}
            case RpcResult.ObjectAdded unasked -> {}
            case RpcResult.MethodList methods -> {}
            case RpcResult.Attributes attributes -> {}
            case RpcResult.TransferStarted started -> {}
            case RpcResult.Transfers transfers -> {}
            case RpcResult.Done done -> {}
            case RpcResult.TreeRead read -> {}
            case RpcResult.Fault fault -> {}
            case RpcResult.Unanswered unanswered -> {}
        }
    }

    private void applied(Delivery.Arrived arrived, RpcCompleted rpc) {
        if (rpc.request() instanceof Rpc.SetParameterValues set) {
            set.parameters().forEach(reported::add);
            tell(arrived, rpc, new Finding.Written(set.parameters()));
        } else if (rpc.request() instanceof Rpc.DeleteObject delete) {
            tell(arrived, rpc, new Finding.ObjectRemoved(delete.object()));
        }
    }

    private void tell(Delivery.Arrived arrived, RpcCompleted rpc, Finding finding) {
        observe(arrived, rpc.session(), finding);
        // the next Inform is compared with what is known now, not with the last one
        lastPrint = null;
    }

    private void observe(Delivery.Arrived arrived, SessionId session, Finding finding) {
        observations.add(new Observation(
                arrived.event().id(), arrived.offset(), arrived.event().time(), session, finding));
    }

    DeviceKey device() {
        return device;
    }

    /** The print that the device's next Inform is to be compared with; null for none. */
    @Nullable
    Long lastPrint() {
        return lastPrint;
    }

    /** The last Inform; null if there was none. */
    @Nullable
    Contact contact() {
        return contact;
    }

    Reported reported() {
        return reported;
    }

    List<Observation> observations() {
        return observations;
    }

    Collection<SessionNote> sessions() {
        return sessions.values();
    }

    Collection<OrderNote> orders() {
        return orders.values();
    }

    List<TranscriptStore.Part> transcripts() {
        return transcripts;
    }
}
