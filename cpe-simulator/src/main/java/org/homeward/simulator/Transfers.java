package org.homeward.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.homeward.simulator.Outbox.OwnRequest;
import org.homeward.simulator.behaviour.Misbehaviour;
import org.homeward.simulator.soap.Element;
import org.homeward.simulator.soap.XmlOut;

/**
 * The CPE's queue of file transfers. Accepted in a session, begun after it, told to the ACS by TransferComplete until
 * the ACS has confirmed.
 */
final class Transfers {
    private static final int MAX_QUEUED = 16;
    private final SimulatedCpe cpe;
    private final List<Transfer> queue = new ArrayList<>(0);

    Transfers(SimulatedCpe cpe) {
        this.cpe = cpe;
    }

    RpcAnswer download(Element request) {
        return accept(Transfer.Kind.DOWNLOAD, request, List.of(seconds(request.childText("DelaySeconds"))));
    }

    RpcAnswer upload(Element request) {
        return accept(Transfer.Kind.UPLOAD, request, List.of(seconds(request.childText("DelaySeconds"))));
    }

    RpcAnswer scheduleDownload(Element request) {
        List<Element> structs = request.child("TimeWindowList")
                .map(l -> l.children("TimeWindowStruct"))
                .orElse(List.of());
        return TimeWindow.attempts(structs)
                .map(attempts -> accept(Transfer.Kind.SCHEDULED_DOWNLOAD, request, attempts))
                .orElseGet(() -> RpcAnswer.fault(9003));
    }

    private synchronized RpcAnswer accept(Transfer.Kind kind, Element request, List<Duration> attempts) {
        String commandKey = request.childText("CommandKey");
        String fileType = request.childText("FileType");
        String url = request.childText("URL");
        if (commandKey.length() > 32 || !fileType.matches("([1-6]|X) .+")) {
            return RpcAnswer.fault(9003);
        }
        URI uri = Urls.parse(url);
        if (uri == null || uri.getUserInfo() != null) {
            return RpcAnswer.fault(9003, "Invalid URL");
        }
        if (!uri.getScheme().matches("(?i)https?")) {
            return RpcAnswer.fault(9013);
        }
        if (queue.size() >= MAX_QUEUED) {
            return RpcAnswer.fault(9004);
        }
        cpe.happened(
                kind == Transfer.Kind.UPLOAD
                        ? new Effect.UploadAsked(commandKey, fileType, url)
                        : new Effect.DownloadAsked(commandKey, fileType, url));
        queue.add(new Transfer(
                kind,
                commandKey,
                fileType,
                url,
                request.childText("Username"),
                request.childText("Password"),
                request.childText("TargetFileName"),
                number(request.childText("FileSize")),
                attempts));
        if (kind == Transfer.Kind.SCHEDULED_DOWNLOAD) {
            return RpcAnswer.empty("ScheduleDownload");
        }
        String response = "cwmp:" + request.name() + "Response";
        // Status 1: the transfer follows, and a TransferComplete with it.
        return new RpcAnswer.Response(new XmlOut()
                .open(response)
                .text("Status", "1")
                .text("StartTime", OwnMessages.UNKNOWN_TIME)
                .text("CompleteTime", OwnMessages.UNKNOWN_TIME)
                .close(response)
                .toString());
    }

    static Duration seconds(String text) {
        return Duration.ofSeconds(number(text));
    }

    private static long number(String text) {
        return text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
    }

    synchronized RpcAnswer cancel(Element request) {
        String key = request.childText("CommandKey");
        List<Transfer> named =
                queue.stream().filter(t -> t.commandKey.equals(key)).toList();
        if (named.stream().anyMatch(t -> t.state != Transfer.State.NOT_STARTED)) {
            return RpcAnswer.fault(9021);
        }
        queue.removeAll(named);
        cpe.happened(new Effect.TransferCancelled(key));
        return RpcAnswer.empty("CancelTransfer");
    }

    synchronized RpcAnswer queued() {
        XmlOut out = new XmlOut().open("cwmp:GetQueuedTransfersResponse");
        out.openArray("TransferList", "cwmp:QueuedTransferStruct", queue.size());
        for (Transfer transfer : queue) {
            out.open("QueuedTransferStruct")
                    .text("CommandKey", transfer.commandKey)
                    .text("State", Integer.toString(transfer.state.number))
                    .close("QueuedTransferStruct");
        }
        return new RpcAnswer.Response(out.close("TransferList")
                .close("cwmp:GetQueuedTransfersResponse")
                .toString());
    }

    synchronized RpcAnswer allQueued() {
        XmlOut out = new XmlOut().open("cwmp:GetAllQueuedTransfersResponse");
        out.openArray("TransferList", "cwmp:AllQueuedTransferStruct", queue.size());
        for (Transfer transfer : queue) {
            out.open("AllQueuedTransferStruct")
                    .text("CommandKey", transfer.commandKey)
                    .text("State", Integer.toString(transfer.state.number))
                    .text("IsDownload", transfer.kind == Transfer.Kind.UPLOAD ? "0" : "1")
                    .text("FileType", transfer.fileType)
                    .text("FileSize", Long.toString(transfer.fileSize))
                    .text("TargetFileName", transfer.targetFileName)
                    .close("AllQueuedTransferStruct");
        }
        return new RpcAnswer.Response(out.close("TransferList")
                .close("cwmp:GetAllQueuedTransfersResponse")
                .toString());
    }

    /** Sets the clock of every transfer that a session brought. */
    synchronized void sessionEnded() {
        for (Transfer transfer : queue) {
            if (!transfer.timed) {
                transfer.timed = true;
                cpe.after(transfer.attempts.getFirst(), () -> run(transfer, 0));
            }
        }
    }

    /** Factory reset: nothing is left to do or to tell. */
    synchronized void clear() {
        queue.clear();
    }

    /** @param attempt counts from 0 */
    private void run(Transfer transfer, int attempt) {
        synchronized (this) {
            if (!queue.contains(transfer)) {
                return;
            }
            transfer.state = Transfer.State.IN_PROGRESS;
            transfer.started = cpe.options().clock().instant();
        }
        FileTransport transport = new FileTransport(cpe.options());
        FileTransport.Login login = new FileTransport.Login(transfer.username, transfer.password);
        FileTransport.Outcome outcome = transfer.kind == Transfer.Kind.UPLOAD
                ? transport.put(transfer.url, login, content(transfer))
                : transport.get(transfer.url, login, transfer.fileSize, transfer.isConfiguration());
        synchronized (this) {
            transfer.completed = cpe.options().clock().instant();
            if (!queue.contains(transfer)) {
                return;
            }
        }
        switch (outcome) {
            case FileTransport.Outcome.Done(byte[] head)
            when transfer.isFirmware() -> cpe.firmware().install(transfer, head);
            case FileTransport.Outcome.Done(byte[] head)
            when transfer.isStoredFirmware() -> cpe.firmware().store(transfer, head);
            case FileTransport.Outcome.Done(byte[] file)
            when transfer.isConfiguration() -> new ConfigurationFile(cpe).apply(transfer, file);
            case FileTransport.Outcome.Done done -> tell(transfer, 0);
            case FileTransport.Outcome.Fault(int code) -> {
                if (attempt + 1 < transfer.attempts.size()) {
                    retry(transfer, attempt + 1);
                } else {
                    tell(transfer, code);
                }
            }
        }
    }

    private synchronized void retry(Transfer transfer, int attempt) {
        transfer.state = Transfer.State.NOT_STARTED;
        Duration wait = transfer.attempts.get(attempt).minus(transfer.attempts.get(attempt - 1));
        cpe.after(wait, () -> run(transfer, attempt));
    }

    /** It is over, and the ACS is told at once. */
    void tell(Transfer transfer, int fault) {
        finished(transfer, fault, () -> {});
        cpe.life().wakeUnlessRetrying();
    }

    /**
     * It is over, and the ACS has to be told.
     *
     * @param confirmed what is done once the ACS knows
     */
    void finished(Transfer transfer, int fault, Runnable confirmed) {
        synchronized (this) {
            if (!queue.contains(transfer)) {
                return;
            }
            transfer.fault = fault;
            transfer.state = Transfer.State.FINISHED;
            if (cpe.does(Misbehaviour.LOST_TRANSFER_COMPLETE)) {
                queue.remove(transfer);
                return;
            }
        }
        String key = cpe.told(transfer.commandKey);
        cpe.outbox()
                .add(new OwnRequest(
                        "TransferComplete",
                        transfer.transferComplete(key),
                        List.of(CpeEvent.of(CpeEvent.TRANSFER_COMPLETE), new CpeEvent(transfer.kind.event, key)),
                        () -> {
                            forget(transfer);
                            confirmed.run();
                        }));
    }

    private synchronized void forget(Transfer transfer) {
        queue.remove(transfer);
    }

    private byte[] content(Transfer transfer) {
        if (transfer.fileType.contains("Log")) {
            return (cpe.options().clock().instant() + " homeward-cpe started\n").getBytes(StandardCharsets.UTF_8);
        }
        return new ConfigurationFile(cpe).write();
    }
}
