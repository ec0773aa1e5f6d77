/** Sessions and their transcripts by REST. */
@NullMarked
package org.homeward.registry.session.rest;

import org.jspecify.annotations.NullMarked;
