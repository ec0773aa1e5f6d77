/**
 * The data model of a device: one immutable base tree that thousands of devices share, and for each device only what
 * differs from it.
 */
@NullMarked
package org.homeward.simulator.model;

import org.jspecify.annotations.NullMarked;
