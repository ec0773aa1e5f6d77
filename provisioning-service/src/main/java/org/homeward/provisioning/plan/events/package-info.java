/**
 * The core's edge: brings in what happened to devices, and carries out what is decided. Whoever owns a device's Kafka
 * partition is the only one who writes its ledger.
 */
@NullMarked
package org.homeward.provisioning.plan.events;

import org.jspecify.annotations.NullMarked;
