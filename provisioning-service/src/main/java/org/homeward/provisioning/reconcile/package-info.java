/**
 * Makes a device what its profiles say: what is desired minus what is verified becomes the fewest steps of a plan.
 * {@link org.homeward.provisioning.reconcile.Standing} is what is remembered of a device for that, a part of its ledger;
 * {@link org.homeward.provisioning.reconcile.Reconciler} decides. Pure, like the rest of the core.
 */
@NullMarked
package org.homeward.provisioning.reconcile;

import org.jspecify.annotations.NullMarked;
