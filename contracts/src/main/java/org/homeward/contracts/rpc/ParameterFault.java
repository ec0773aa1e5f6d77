package org.homeward.contracts.rpc;

/** One parameter that a SetParameterValues failed on (TR-069 A.3.2.1, SetParameterValuesFault). */
public record ParameterFault(String parameter, int code, String text) {}
