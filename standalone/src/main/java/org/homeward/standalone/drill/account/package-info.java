/**
 * The accounting of a drill: what CPEs and callers were told, held against what the system says of it afterwards. Pure
 * functions from evidence to findings; no finding means that the accounts balance.
 */
@NullMarked
package org.homeward.standalone.drill.account;

import org.jspecify.annotations.NullMarked;
