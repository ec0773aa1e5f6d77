/**
 * What devices should be. A profile is a versioned document: a condition that says which devices it is for, and what
 * should be true there. This room reads documents, compiles them once, and merges those that apply to a device into one
 * desired state. Pure: no database, no broker, no clock.
 */
@NullMarked
package org.homeward.provisioning.profile;

import org.jspecify.annotations.NullMarked;
