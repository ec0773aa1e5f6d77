package org.homeward.gateway.soap;

import static org.homeward.gateway.soap.RpcFields.accessChanges;
import static org.homeward.gateway.soap.RpcFields.bool;
import static org.homeward.gateway.soap.RpcFields.fileType;
import static org.homeward.gateway.soap.RpcFields.object;
import static org.homeward.gateway.soap.RpcFields.operations;
import static org.homeward.gateway.soap.RpcFields.paths;
import static org.homeward.gateway.soap.RpcFields.secret;
import static org.homeward.gateway.soap.RpcFields.text;
import static org.homeward.gateway.soap.RpcFields.unsigned;
import static org.homeward.gateway.soap.RpcFields.values;
import static org.homeward.gateway.soap.RpcFields.windows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the ACS calls, one row each: how the answer is read, and the elements of the call in the order of
 * the schema (cwmp-1-4.xsd). A method that is not here does not exist for the codec.
 */
final class RpcTable {

    private static final Map<String, Row<?>> ROWS = new HashMap<>();

    private RpcTable() {}

    /** Reads the answer whose element is open. */
    @FunctionalInterface
    interface Answer {
        RpcResult read(XmlCursor in) throws XMLStreamException;
    }

    /** Writes one element of a call. */
    @FunctionalInterface
    interface Field<R extends Rpc> {
        void write(XmlOut out, R rpc);
    }

    record Row<R extends Rpc>(Class<R> rpc, Answer answer, List<Field<R>> fields) {

        void write(XmlOut out, Rpc call) {
            R typed = rpc.cast(call);
            for (Field<R> field : fields) {
                field.write(out, typed);
            }
        }
    }

    static {
        row(Rpc.GetRPCMethods.class, RpcTable::methods);
        row(
                Rpc.SetParameterValues.class,
                RpcTable::applied,
                values("ParameterList", Rpc.SetParameterValues::parameters),
                text("ParameterKey", 32, Rpc.SetParameterValues::parameterKey));
        row(
                Rpc.GetParameterValues.class,
                RpcTable::parameterValues,
                paths("ParameterNames", Rpc.GetParameterValues::paths));
        row(
                Rpc.GetParameterNames.class,
                in -> new RpcResult.Names(Structs.list(in, "ParameterList", Structs::name)),
                text("ParameterPath", 256, Rpc.GetParameterNames::path),
                bool("NextLevel", Rpc.GetParameterNames::nextLevel));
        row(
                Rpc.SetParameterAttributes.class,
                RpcTable::done,
                accessChanges("ParameterList", Rpc.SetParameterAttributes::changes));
        row(
                Rpc.GetParameterAttributes.class,
                in -> new RpcResult.Attributes(Structs.list(in, "ParameterList", Structs::attributes)),
                paths("ParameterNames", Rpc.GetParameterAttributes::paths));
        row(
                Rpc.AddObject.class,
                RpcTable::objectAdded,
                object("ObjectName", Rpc.AddObject::object),
                text("ParameterKey", 32, Rpc.AddObject::parameterKey));
        row(
                Rpc.DeleteObject.class,
                RpcTable::applied,
                object("ObjectName", Rpc.DeleteObject::object),
                text("ParameterKey", 32, Rpc.DeleteObject::parameterKey));
        row(
                Rpc.Download.class,
                RpcTable::transferStarted,
                text("CommandKey", 32, Rpc.Download::commandKey),
                fileType("FileType", Rpc.Download::fileType),
                text("URL", 256, Rpc.Download::url),
                text("Username", 256, Rpc.Download::username),
                secret("Password", Rpc.Download::sealedPassword),
                unsigned("FileSize", Rpc.Download::fileSize),
                text("TargetFileName", 256, Rpc.Download::targetFileName),
                unsigned("DelaySeconds", Rpc.Download::delaySeconds),
                text("SuccessURL", 256, Rpc.Download::successUrl),
                text("FailureURL", 256, Rpc.Download::failureUrl));
        row(Rpc.Reboot.class, RpcTable::done, text("CommandKey", 32, Rpc.Reboot::commandKey));
        row(Rpc.GetQueuedTransfers.class, RpcTable::transfers);
        row(
                Rpc.ScheduleInform.class,
                RpcTable::done,
                unsigned("DelaySeconds", Rpc.ScheduleInform::delaySeconds),
                text("CommandKey", 32, Rpc.ScheduleInform::commandKey));
        row(
                Rpc.Upload.class,
                RpcTable::transferStarted,
                text("CommandKey", 32, Rpc.Upload::commandKey),
                fileType("FileType", Rpc.Upload::fileType),
                text("URL", 256, Rpc.Upload::url),
                text("Username", 256, Rpc.Upload::username),
                secret("Password", Rpc.Upload::sealedPassword),
                unsigned("DelaySeconds", Rpc.Upload::delaySeconds));
        row(Rpc.FactoryReset.class, RpcTable::done);
        row(Rpc.GetAllQueuedTransfers.class, RpcTable::transfers);
        row(
                Rpc.ScheduleDownload.class,
                RpcTable::done,
                text("CommandKey", 32, Rpc.ScheduleDownload::commandKey),
                fileType("FileType", Rpc.ScheduleDownload::fileType),
                text("URL", 256, Rpc.ScheduleDownload::url),
                text("Username", 256, Rpc.ScheduleDownload::username),
                secret("Password", Rpc.ScheduleDownload::sealedPassword),
                unsigned("FileSize", Rpc.ScheduleDownload::fileSize),
                text("TargetFileName", 256, Rpc.ScheduleDownload::targetFileName),
                windows("TimeWindowList", Rpc.ScheduleDownload::windows));
        row(Rpc.CancelTransfer.class, RpcTable::done, text("CommandKey", 32, Rpc.CancelTransfer::commandKey));
        row(
                Rpc.ChangeDUState.class,
                RpcTable::done,
                operations("Operations", Rpc.ChangeDUState::operations),
                text("CommandKey", 32, Rpc.ChangeDUState::commandKey));
    }

    @SafeVarargs
    private static <R extends Rpc> void row(Class<R> rpc, Answer answer, Field<R>... fields) {
        ROWS.put(rpc.getSimpleName(), new Row<>(rpc, answer, List.of(fields)));
    }

    /** @throws IllegalStateException when a method was added to the contracts and not here */
    static Row<?> rowOf(Rpc rpc) {
        Row<?> row = ROWS.get(rpc.method());
        if (row == null) {
            throw new IllegalStateException("the codec has no row for " + rpc.method());
        }
        return row;
    }

    /** The answer to the method of this name, its element being open. */
    static RpcResult answer(String method, XmlCursor in) throws XMLStreamException {
        Row<?> row = ROWS.get(method);
        if (row == null) {
            in.skip();
            return new RpcResult.Unanswered("the ACS calls no method " + method);
        }
        return row.answer().read(in);
    }

    private static RpcResult methods(XmlCursor in) throws XMLStreamException {
        List<String> methods = List.of();
        while (in.nextChild()) {
            if (in.name().equals("MethodList")) {
                methods = Structs.strings(in, 64);
            } else {
                in.skip();
            }
        }
        return new RpcResult.MethodList(methods);
    }

    private static RpcResult done(XmlCursor in) throws XMLStreamException {
        in.skip();
        return new RpcResult.Done();
    }

    private static RpcResult applied(XmlCursor in) throws XMLStreamException {
        int status = in.fields("Status").integer(0, 0);
        return unlessFault(status, new RpcResult.Applied(status));
    }

    /** Some stacks answer with the fault's code for a status, where they should have sent a fault. */
    private static RpcResult unlessFault(int status, RpcResult result) {
        return status >= 9000 && status <= 9899
                ? new RpcResult.Fault(status, "the response has it as its status", List.of())
                : result;
    }

    private static RpcResult parameterValues(XmlCursor in) throws XMLStreamException {
        List<ParameterValue> values = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterList")) {
                values = Structs.values(in);
            } else {
                in.skip();
            }
        }
        return new RpcResult.Values(values);
    }

    private static RpcResult objectAdded(XmlCursor in) throws XMLStreamException {
        Fields fields = in.fields("InstanceNumber", "Status");
        long instance = fields.number(0, 0);
        int status = fields.integer(1, 0);
        return unlessFault(
                status,
                instance > 0
                        ? new RpcResult.ObjectAdded(instance, status)
                        : new RpcResult.Unanswered("AddObjectResponse names no instance"));
    }

    private static RpcResult transferStarted(XmlCursor in) throws XMLStreamException {
        Fields fields = in.fields("Status", "StartTime", "CompleteTime");
        // without a status nothing says that the transfer is done: 1, a TransferComplete follows
        int status = fields.integer(0, 1);
        return unlessFault(status, new RpcResult.TransferStarted(status, time(fields, 1), time(fields, 2)));
    }

    private static @Nullable String time(Fields fields, int index) {
        return fields.has(index) ? fields.text(index, 64) : null;
    }

    private static RpcResult transfers(XmlCursor in) throws XMLStreamException {
        return new RpcResult.Transfers(Structs.list(in, "TransferList", Structs::transfer));
    }
}
