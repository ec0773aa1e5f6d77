/**
 * One vocabulary over all models: the catalogue of what home gateways can be told, and mappings, which are data files, that
 * say by which parameters each model is told so and in which words. Pure: files are read once, and everything else is a
 * look-up.
 */
@NullMarked
package org.homeward.provisioning.capability;

import org.jspecify.annotations.NullMarked;
