/** {@code /api/profiles}: write, check, activate, roll back. */
@NullMarked
package org.homeward.provisioning.profile.rest;

import org.jspecify.annotations.NullMarked;
