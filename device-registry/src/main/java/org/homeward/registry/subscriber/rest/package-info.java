/** Subscribers, services, bindings and service types by REST, and subscribers from CSV. */
@NullMarked
package org.homeward.registry.subscriber.rest;

import org.jspecify.annotations.NullMarked;
