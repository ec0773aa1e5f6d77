/** What the registry knows of a device and tells the others. */
@NullMarked
package org.homeward.contracts.device;

import org.jspecify.annotations.NullMarked;
