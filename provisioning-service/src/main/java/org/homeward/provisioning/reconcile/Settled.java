package org.homeward.provisioning.reconcile;

/**
 * What became of something that a subscriber chose.
 *
 * @param state as in {@link Explanation.Line}; {@code unfit} and the like where the device can't be told
 * @param holds whether the device is so, or will be after its next boot
 * @param code fault of the CPE; 0 for none
 * @param detail why it does not hold, for people; empty where it does
 */
public record Settled(String capability, String state, boolean holds, int code, String detail) {}
