package org.homeward.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.homeward.simulator.model.Node;
import org.homeward.simulator.soap.Element;
import org.homeward.simulator.soap.XmlOut;
import org.jspecify.annotations.Nullable;

/**
 * The CPE's queue of file transfers. Accepted in a session, begun after it, told to the ACS by TransferComplete until
 * the ACS has confirmed.
 *
 * <p>A firmware image names its version in its first line, {@code version=1.2.3}; failing that, the version is the first
 * dotted number in the target file name or the URL.
 */
final class Transfers {
    private static final int MAX_QUEUED = 16;
    private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)+(?:-[A-Za-z0-9]+)?");
    private static final String UNKNOWN_TIME = "0001-01-01T00:00:00Z";
    private final SimulatedCpe cpe;
    private final List<Transfer> queue = new ArrayList<>(0);

    Transfers(SimulatedCpe cpe) {
        this.cpe = cpe;
    }

    RpcAnswer download(Element request) {
        return accept(Transfer.Kind.DOWNLOAD, request, seconds(request.childText("DelaySeconds")));
    }

    RpcAnswer upload(Element request) {
        return accept(Transfer.Kind.UPLOAD, request, seconds(request.childText("DelaySeconds")));
    }

    RpcAnswer scheduleDownload(Element request) {
        List<Element> windows = request.child("TimeWindowList")
                .map(l -> l.children("TimeWindowStruct"))
                .orElse(List.of());
        if (windows.isEmpty() || windows.size() > 2) {
            return RpcAnswer.fault(9003);
        }
        Duration start = seconds(windows.getFirst().childText("WindowStart"));
        Duration end = seconds(windows.getFirst().childText("WindowEnd"));
        if (end.compareTo(start) <= 0) {
            return RpcAnswer.fault(9003);
        }
        return accept(Transfer.Kind.SCHEDULED_DOWNLOAD, request, start);
    }

    private synchronized RpcAnswer accept(Transfer.Kind kind, Element request, Duration delay) {
        String commandKey = request.childText("CommandKey");
        String fileType = request.childText("FileType");
        String url = request.childText("URL");
        if (commandKey.length() > 32 || !fileType.matches("([1-6]|X) .+")) {
            return RpcAnswer.fault(9003);
        }
        @Nullable URI uri = uri(url);
        if (uri == null || uri.getHost() == null || uri.getUserInfo() != null) {
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
                delay));
        if (kind == Transfer.Kind.SCHEDULED_DOWNLOAD) {
            return RpcAnswer.empty("ScheduleDownload");
        }
        String response = "cwmp:" + request.name() + "Response";
        // Status 1: the transfer follows, and a TransferComplete with it.
        return new RpcAnswer.Response(new XmlOut()
                .open(response)
                .text("Status", "1")
                .text("StartTime", UNKNOWN_TIME)
                .text("CompleteTime", UNKNOWN_TIME)
                .close(response)
                .toString());
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (java.net.URISyntaxException e) {
            return null;
        }
    }

    private static Duration seconds(String text) {
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
                cpe.after(transfer.delay, () -> run(transfer));
            }
        }
    }

    /** Factory reset: nothing is left to do or to tell. */
    synchronized void clear() {
        queue.clear();
    }

    /** One TransferComplete for each that is over and not yet confirmed. */
    synchronized List<CpeSession.OwnRequest> completions() {
        return queue.stream()
                .filter(t -> t.state == Transfer.State.FINISHED)
                .map(t -> new CpeSession.OwnRequest("TransferComplete", t.transferComplete(), () -> confirmed(t)))
                .toList();
    }

    private synchronized void confirmed(Transfer transfer) {
        queue.remove(transfer);
        cpe.forget(transfer.event());
        if (queue.stream().noneMatch(t -> t.state == Transfer.State.FINISHED)) {
            cpe.forget(CpeEvent.of(CpeEvent.TRANSFER_COMPLETE));
        }
    }

    private void run(Transfer transfer) {
        synchronized (this) {
            if (!queue.contains(transfer)) {
                return;
            }
            transfer.state = Transfer.State.IN_PROGRESS;
            transfer.started = cpe.options().clock().instant();
        }
        FileTransport transport = new FileTransport(cpe.options());
        FileTransport.Outcome outcome = transfer.kind == Transfer.Kind.UPLOAD
                ? transport.put(transfer, content(transfer))
                : transport.get(transfer);
        int fault = outcome instanceof FileTransport.Outcome.Fault(int code) ? code : 0;
        synchronized (this) {
            transfer.completed = cpe.options().clock().instant();
            transfer.fault = fault;
            transfer.state = Transfer.State.FINISHED;
            if (!queue.contains(transfer)) {
                return;
            }
        }
        List<CpeEvent> events = List.of(CpeEvent.of(CpeEvent.TRANSFER_COMPLETE), transfer.event());
        if (outcome instanceof FileTransport.Outcome.Done(byte[] image) && transfer.isFirmware()) {
            cpe.installFirmware(version(image, transfer), events);
        } else {
            cpe.happened(events);
        }
    }

    private static String version(byte[] image, Transfer transfer) {
        String head = new String(image, 0, Math.min(image.length, 256), StandardCharsets.ISO_8859_1);
        String firstLine = head.lines().findFirst().orElse("");
        if (firstLine.startsWith("version=")) {
            return firstLine.substring("version=".length()).strip();
        }
        String name = transfer.targetFileName + " " + transfer.url.replaceFirst("^\\w+://[^/]*", "");
        Matcher matcher = VERSION.matcher(name);
        return matcher.find() ? matcher.group() : "unknown";
    }

    private byte[] content(Transfer transfer) {
        if (transfer.fileType.contains("Log")) {
            return (cpe.options().clock().instant() + " homeward-cpe started\n").getBytes(StandardCharsets.UTF_8);
        }
        String config = cpe.model().subtree("").stream()
                .filter(e -> e.node() instanceof Node.Parameter p && p.writable() && !p.hidden())
                .map(e -> e.path() + "=" + cpe.model().value(e.path()).orElse(""))
                .collect(Collectors.joining("\n", "", "\n"));
        return config.getBytes(StandardCharsets.UTF_8);
    }
}
