/** The CPE's reading and writing of SOAP envelopes (TR-069 3.5): no framework, one small element tree. */
@NullMarked
package org.homeward.simulator.soap;

import org.jspecify.annotations.NullMarked;
