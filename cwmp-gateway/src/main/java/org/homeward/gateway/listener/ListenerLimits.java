package org.homeward.gateway.listener;

import java.time.Duration;

/**
 * Bounds of the listener.
 *
 * @param body bytes of a body, inflated
 * @param bodies bytes of all bodies being read or handled at once
 * @param bodyTime how long a body may take to arrive
 * @param headTime how long a connection may be without a complete request head, idle or dribbling
 * @param connections open at once; more are closed at once
 */
public record ListenerLimits(int body, long bodies, Duration bodyTime, Duration headTime, int connections) {}
