/**
 * Decides whether what concurrent clients saw can be explained by one order of their operations: linearizability,
 * checked by the search of Wing and Gong ("Testing and verifying concurrent objects", 1993) with the configuration
 * cache and just-in-time steps of Lowe ("Testing for linearizability", 2016) and the split into independent partitions
 * of Horn and Kroening ("Faster linearizability checking via P-compositionality", 2015). Depends on the JDK alone.
 */
@NullMarked
package io.mortar.testkit.linearizability;

import org.jspecify.annotations.NullMarked;
