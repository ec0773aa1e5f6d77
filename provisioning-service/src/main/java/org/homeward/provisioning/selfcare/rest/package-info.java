/** Self-care by REST. */
@NullMarked
package org.homeward.provisioning.selfcare.rest;

import org.jspecify.annotations.NullMarked;
