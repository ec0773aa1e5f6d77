package org.homeward.gateway.session;

import java.util.List;
import org.homeward.contracts.rpc.DeploymentUnitOperation;
import org.homeward.contracts.rpc.ParameterFault;
import org.homeward.contracts.rpc.ParameterValue;
import org.homeward.contracts.rpc.Rpc;
import org.homeward.contracts.rpc.RpcResult;
import org.homeward.contracts.rpc.SensitivePaths;

/**
 * Keeps faults from telling secrets: some CPEs quote the value that they refuse. Where a secret was sent, or is spoken
 * of, the CPE's own words give way to the standard's for the code (TR-069 A.5.1).
 */
final class FaultTexts {

    /** What a transcript has in the place of such a fault. */
    static final String WITHHELD = "(a fault, withheld: it may quote a secret that it was sent)";

    private FaultTexts() {}

    /** The answer to this RPC as it may be told. */
    static RpcResult withoutSecrets(Rpc asked, RpcResult answer) {
        if (!(answer instanceof RpcResult.Fault fault)) {
            return answer;
        }
        boolean speaksOfSecret =
                fault.parameters().stream().map(ParameterFault::parameter).anyMatch(SensitivePaths::isSensitive);
        if (!speaksOfSecret && !sendsSecret(asked)) {
            return fault;
        }
        List<ParameterFault> parameters = fault.parameters().stream()
                .map(each -> new ParameterFault(each.parameter(), each.code(), standard(each.code())))
                .toList();
        return new RpcResult.Fault(fault.code(), standard(fault.code()), parameters);
    }

    /** Whether the RPC brings the CPE something that must not travel in clear anywhere else. */
    static boolean sendsSecret(Rpc rpc) {
        return switch (rpc) {
            case Rpc.SetParameterValues set -> set.parameters().stream().anyMatch(FaultTexts::isSecret);
            case Rpc.Download download -> download.sealedPassword() != null;
            case Rpc.ScheduleDownload download -> download.sealedPassword() != null;
            case Rpc.Upload upload -> upload.sealedPassword() != null;
            case Rpc.ChangeDUState change -> change.operations().stream().anyMatch(FaultTexts::hasPassword);
            case Rpc.GetRPCMethods rest -> false;
            case Rpc.GetParameterValues rest -> false;
            case Rpc.GetParameterNames rest -> false;
            case Rpc.SetParameterAttributes rest -> false;
            case Rpc.GetParameterAttributes rest -> false;
            case Rpc.AddObject rest -> false;
            case Rpc.DeleteObject rest -> false;
            case Rpc.Reboot rest -> false;
            case Rpc.GetQueuedTransfers rest -> false;
            case Rpc.ScheduleInform rest -> false;
            case Rpc.FactoryReset rest -> false;
            case Rpc.GetAllQueuedTransfers rest -> false;
            case Rpc.CancelTransfer rest -> false;
        };
    }

    private static boolean isSecret(ParameterValue value) {
        return value.sealed() || SensitivePaths.isSensitive(value.path());
    }

    private static boolean hasPassword(DeploymentUnitOperation operation) {
        return switch (operation) {
            case DeploymentUnitOperation.Install install -> install.sealedPassword() != null;
            case DeploymentUnitOperation.Update update -> update.sealedPassword() != null;
            case DeploymentUnitOperation.Uninstall rest -> false;
        };
    }

    private static String standard(int code) {
        return switch (code) {
            case 9000 -> "method not supported";
            case 9001 -> "request denied";
            case 9002 -> "internal error";
            case 9003 -> "invalid arguments";
            case 9004 -> "resources exceeded";
            case 9005 -> "invalid parameter name";
            case 9006 -> "invalid parameter type";
            case 9007 -> "invalid parameter value";
            case 9008 -> "attempt to set a non-writable parameter";
            case 9010 -> "download failure";
            case 9011 -> "upload failure";
            case 9012 -> "file transfer server authentication failure";
            case 9013 -> "unsupported protocol for file transfer";
            case 9015 -> "download failure: unable to contact file server";
            case 9016 -> "download failure: unable to access file";
            case 9017 -> "download failure: unable to complete download";
            case 9018 -> "download failure: file corrupted";
            case 9019 -> "download failure: file authentication failure";
            default -> "fault " + code;
        };
    }
}
