/** A load generator for many small requests: plain sockets and threads, so that it takes as little of the machine as it can. */
@NullMarked
package io.mortar.benchmarks.load;

import org.jspecify.annotations.NullMarked;
