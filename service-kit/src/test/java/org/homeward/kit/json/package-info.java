/** The JSON form of the contracts. Their schemas are tested here, because it is the kit that makes the JSON. */
package org.homeward.kit.json;
