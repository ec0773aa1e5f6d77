/**
 * The brain: remembers for each device what matters ({@code plan}), takes orders from people and systems
 * ({@code order}), decides what a session shall do and whether a device must be woken, and never touches a device
 * itself.
 */
@NullMarked
package org.homeward.provisioning;

import org.jspecify.annotations.NullMarked;
