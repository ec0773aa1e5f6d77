/**
 * Reading topics. A {@link org.homeward.kit.consumer.BatchConsumer} hands whole polls to a handler and sees to it that
 * every event has its effect: positions are kept with the effect ({@link org.homeward.kit.consumer.Inbox}) or committed
 * after it, what is down is waited for, and only an event that fails alone goes to the dead letters. A
 * {@link org.homeward.kit.consumer.TailReader} follows a topic without a group: into memory, or to the end.
 */
@NullMarked
package org.homeward.kit.consumer;

import org.jspecify.annotations.NullMarked;
