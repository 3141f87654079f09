/** The servers that are measured: a pool of three nodes, and nginx beside it. */
@NullMarked
package io.mortar.benchmarks.server;

import org.jspecify.annotations.NullMarked;
