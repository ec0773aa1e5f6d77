/**
 * Simulated CPEs: the other end of TR-069, by the thousand and in one JVM.
 *
 * <p>{@link org.homeward.simulator.SimulatedCpe} is one device with its data model, its sessions and its
 * connection-request URL; {@code behaviour} names what it can do wrong, {@code diagnostic} is what it finds out about
 * its network; {@code fleet} runs many; {@code wire} speaks CWMP byte by byte and plays recorded sessions; {@code acs} is
 * a scripted ACS to try a CPE against. Nothing here is shared with the ACS, so that a misreading of the standard on one
 * side is not hidden by the same misreading on the other.
 */
@NullMarked
package org.homeward.simulator;

import org.jspecify.annotations.NullMarked;
