package org.homeward.provisioning.profile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.rpc.ParameterValue;

/** What devices reported of parameters that no active profile names. Asked off the path of events only. */
@FunctionalInterface
public interface ReportedValues {

    /** Nobody knows anything. */
    ReportedValues NONE = (devices, paths) -> Map.of();

    /** Of devices of the tenant that asks; those of which nothing is known are left out. */
    Map<DeviceId, List<ParameterValue>> of(Collection<DeviceId> devices, Set<String> paths);
}
