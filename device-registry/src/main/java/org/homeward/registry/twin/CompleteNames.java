package org.homeward.registry.twin;

import java.util.Collection;
import org.homeward.contracts.rpc.ParameterInfo;

/**
 * Tells from an answer to GetParameterNames whether it lists all that is below some partial path. An answer to
 * NextLevel=true has one level only; one that goes deeper is an answer to NextLevel=false, and so whole below the path
 * that all of its names share (TR-069 A.3.2.3).
 */
public final class CompleteNames {

    private CompleteNames() {}

    /** The partial path below which the names are all there are; empty where that is not certain. */
    public static String below(Collection<ParameterInfo> names) {
        String shared = null;
        for (ParameterInfo info : names) {
            shared = shared == null ? partial(info.path()) : shared(shared, info.path());
        }
        if (shared == null) {
            return "";
        }
        boolean goesDeeper = false;
        boolean hasObjects = false;
        for (ParameterInfo info : names) {
            int dot = info.path().indexOf('.', shared.length());
            goesDeeper |= dot >= 0 && dot < info.path().length() - 1;
            hasObjects |= dot >= 0;
        }
        boolean listsItself = names.stream().map(ParameterInfo::path).anyMatch(shared::equals);
        return goesDeeper || (listsItself && !hasObjects && names.size() > 1) ? shared : "";
    }

    private static String partial(String path) {
        return path.substring(0, path.lastIndexOf('.') + 1);
    }

    private static String shared(String prefix, String path) {
        String shared = prefix;
        while (!path.startsWith(shared)) {
            shared = partial(shared.substring(0, shared.length() - 1));
        }
        return shared;
    }
}
