/**
 * The CXF endpoint that ends CWMP: a transport that takes POSTs from our listener, a binding whose envelopes are read
 * and written by {@code org.homeward.gateway.soap}, and an invoker that lets the chain rest (a CXF continuation) while an
 * answer is not there yet, so that no thread waits. Why not CXF's own SOAP binding and servlet transport: see the
 * decision record on holding an exchange without a thread.
 */
@NullMarked
package org.homeward.gateway.cxf;

import org.jspecify.annotations.NullMarked;
