package org.homeward.stunconnector.server;

/**
 * What is answered.
 *
 * @param requireIntegrity whether a device has to sign before we believe where it is; without, whoever knows a device's
 *     id can make its connection requests go elsewhere
 * @param answerPlain whether requests that nobody signed are answered as any STUN server does, by more bytes than they
 *     bring; without, only where the answer is no longer than the question, or a device has proved to be where it goes
 */
public record ServerRules(boolean requireIntegrity, boolean answerPlain) {}
