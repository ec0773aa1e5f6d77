package org.homeward.contracts.rpc;

/** A parameter or (ending in a dot) object that exists. A writable object can be added to or deleted. */
public record ParameterInfo(String path, boolean writable) {}
