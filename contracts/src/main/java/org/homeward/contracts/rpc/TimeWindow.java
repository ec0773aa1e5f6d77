package org.homeward.contracts.rpc;

/**
 * When a scheduled download may be applied (TR-069 A.4.1.8).
 *
 * @param start seconds from receipt
 * @param end seconds from receipt
 * @param mode {@code 1 At Any Time}, {@code 2 Immediately}, {@code 3 When Idle}, {@code 4 Confirmation Needed}
 * @param maxRetries -1 leaves it to the CPE
 */
public record TimeWindow(long start, long end, String mode, String userMessage, int maxRetries) {}
