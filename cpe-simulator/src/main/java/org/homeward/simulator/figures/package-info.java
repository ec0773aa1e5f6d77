/** What a run came to: figures for people, for programs and for Prometheus, and whether they are as expected. */
@NullMarked
package org.homeward.simulator.figures;

import org.jspecify.annotations.NullMarked;
