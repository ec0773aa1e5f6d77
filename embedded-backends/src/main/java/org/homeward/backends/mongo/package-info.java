/**
 * A stand-in that speaks MongoDB's wire protocol, in a process of its own because it needs another
 * Netty than Quarkus does.
 */
@NullMarked
package org.homeward.backends.mongo;

import org.jspecify.annotations.NullMarked;
