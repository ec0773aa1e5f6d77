package org.homeward.contracts;

/**
 * Everything that travels over Kafka between services. {@link MessageTypes} lists all of them; a family on one topic is
 * sealed, so that its readers have an answer for every member.
 */
public interface Message {}
