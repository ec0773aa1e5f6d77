/**
 * The HTTP side of CWMP: a listener of its own on 7547, with its own bounds on what a CPE may send and how slowly. What
 * passes goes to the CXF endpoint.
 */
@NullMarked
package org.homeward.gateway.listener;

import org.jspecify.annotations.NullMarked;
