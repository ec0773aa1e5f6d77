package org.homeward.provisioning.order.rest;

import java.util.ArrayList;
import java.util.List;
import org.homeward.contracts.order.OrderTask;
import org.homeward.contracts.order.OrderTask.Diagnose;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.ValueType;
import org.jspecify.annotations.Nullable;

/** What a device shall measure, as callers write it; ranges are those of TR-181 Device.IP.Diagnostics. */
final class OrderDiagnostics {

    private static final long UNSIGNED_INT = 4_294_967_295L;

    private final List<ParameterValue> inputs = new ArrayList<>();

    private OrderDiagnostics() {}

    static Diagnose read(String type, OrderBody.Diagnostic body) {
        OrderDiagnostics read = new OrderDiagnostics();
        OrderTask.Diagnostic diagnostic = switch (body) {
            case OrderBody.Ping ping -> {
                read.text("Host", Texts.required("host", ping.host(), 256));
                read.number("NumberOfRepetitions", "repetitions", ping.repetitions(), 1, 1_000);
                read.number("Timeout", "timeoutMillis", ping.timeoutMillis(), 1, UNSIGNED_INT);
                read.number("DataBlockSize", "dataBlockSize", ping.dataBlockSize(), 1, 65_535);
                read.common(ping.dscp(), ping.sourceInterface());
                yield OrderTask.Diagnostic.PING;
            }
            case OrderBody.Traceroute trace -> {
                read.text("Host", Texts.required("host", trace.host(), 256));
                read.number("NumberOfTries", "tries", trace.tries(), 1, 3);
                read.number("Timeout", "timeoutMillis", trace.timeoutMillis(), 1, UNSIGNED_INT);
                read.number("DataBlockSize", "dataBlockSize", trace.dataBlockSize(), 1, 65_535);
                read.number("MaxHopCount", "maxHops", trace.maxHops(), 1, 64);
                read.common(trace.dscp(), trace.sourceInterface());
                yield OrderTask.Diagnostic.TRACEROUTE;
            }
            case OrderBody.DownloadTest test -> {
                read.text("DownloadURL", Texts.url("url", test.url()));
                read.common(test.dscp(), test.sourceInterface());
                yield OrderTask.Diagnostic.DOWNLOAD;
            }
            case OrderBody.UploadTest test -> {
                read.text("UploadURL", Texts.url("url", test.url()));
                long length = Texts.number("fileLength", test.fileLength(), 1, UNSIGNED_INT, null);
                read.number("TestFileLength", "fileLength", length, 1, UNSIGNED_INT);
                read.common(test.dscp(), test.sourceInterface());
                yield OrderTask.Diagnostic.UPLOAD;
            }
        };
        return new Diagnose(type, diagnostic, read.inputs);
    }

    private void common(@Nullable Long dscp, @Nullable String sourceInterface) {
        number("DSCP", "dscp", dscp, 0, 63);
        if (sourceInterface != null) {
            text("Interface", Paths.partialOrFull("interface", sourceInterface));
        }
    }

    private void text(String name, String value) {
        inputs.add(new ParameterValue(name, value, ValueType.STRING));
    }

    private void number(String name, String field, @Nullable Long value, long least, long most) {
        if (value != null) {
            long checked = Texts.number(field, value, least, most, null);
            inputs.add(new ParameterValue(name, Long.toString(checked), ValueType.UNSIGNED_INT));
        }
    }
}
