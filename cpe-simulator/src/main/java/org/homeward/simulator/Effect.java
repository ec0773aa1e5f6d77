package org.homeward.simulator;

/**
 * Something that an ACS did to a CPE and that shows: to its subscriber, or in what it has become. Told after it was done
 * and before the CPE answers, so that it is known even of an answer that never arrives.
 */
public sealed interface Effect {

    /** A parameter was written, also with the value that it had. */
    record Written(String path, String value, String parameterKey) implements Effect {}

    record Added(String table, int instance, String parameterKey) implements Effect {}

    record Deleted(String instance, String parameterKey) implements Effect {}

    record AttributesSet(String path, int notification) implements Effect {}

    /** A Reboot was accepted. */
    record RebootAsked(String commandKey) implements Effect {}

    record FactoryResetAsked() implements Effect {}

    record DownloadAsked(String commandKey, String fileType, String url) implements Effect {}

    record UploadAsked(String commandKey, String fileType, String url) implements Effect {}

    record TransferCancelled(String commandKey) implements Effect {}

    record InformScheduled(String commandKey) implements Effect {}

    record DeploymentUnitsChanged(String commandKey, int operations) implements Effect {}
}
