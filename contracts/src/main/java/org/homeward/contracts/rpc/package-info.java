/**
 * The RPCs of CWMP that an ACS sends and what a CPE answers, one record each, components in the order of the schema
 * (Broadband Forum cwmp-1-4.xsd). Both the gateway's SOAP codec and the plans speak them.
 */
@NullMarked
package org.homeward.contracts.rpc;

import org.jspecify.annotations.NullMarked;
