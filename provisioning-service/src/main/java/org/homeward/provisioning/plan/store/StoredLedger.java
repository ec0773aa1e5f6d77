package org.homeward.provisioning.plan.store;

import org.homeward.provisioning.plan.DeviceLedger;

/**
 * A ledger as its row holds it.
 *
 * @param version counts the writes of the row; 0 where there is none yet
 * @param partition of the device's Kafka topics, by which its owner finds its timers
 */
public record StoredLedger(DeviceLedger ledger, long version, int partition) {}
