/** Channel plans over REST, and how the devices can be asked that they are for. */
@NullMarked
package org.homeward.provisioning.channel.rest;

import org.jspecify.annotations.NullMarked;
