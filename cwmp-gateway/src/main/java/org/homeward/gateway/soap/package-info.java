/**
 * The SOAP codec: envelopes of CPEs in, envelopes of the ACS out (TR-069 3.5, Annex A). Pure: it knows no HTTP, no
 * session and no key, and imports of ours only the records that it reads and writes. Lenient with what real CPEs send,
 * strict with what could hurt; what can't be read is a value, never an exception.
 */
@NullMarked
package org.homeward.gateway.soap;

import org.jspecify.annotations.NullMarked;
