package org.homeward.contracts.rpc;

import org.jspecify.annotations.Nullable;

/** One operation of ChangeDUState (TR-069 A.4.1.10). Passwords are sealed. */
public sealed interface DeploymentUnitOperation {

    record Install(
            String url,
            @Nullable String uuid,
            @Nullable String username,
            @Nullable String sealedPassword,
            @Nullable String executionEnvironment)
            implements DeploymentUnitOperation {}

    record Update(
            @Nullable String uuid,
            @Nullable String version,
            @Nullable String url,
            @Nullable String username,
            @Nullable String sealedPassword)
            implements DeploymentUnitOperation {}

    record Uninstall(
            String uuid, @Nullable String version, @Nullable String executionEnvironment)
            implements DeploymentUnitOperation {}
}
