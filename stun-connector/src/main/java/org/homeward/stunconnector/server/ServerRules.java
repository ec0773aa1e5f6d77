package org.homeward.stunconnector.server;

/**
 * What is answered.
 *
 * @param requireIntegrity whether a device has to sign before we believe where it is; without, whoever knows a device's
 *     id can make its connection requests go elsewhere
 * @param answerPlain whether requests that are not of TR-069 are answered as any STUN server does
 */
public record ServerRules(boolean requireIntegrity, boolean answerPlain) {}
