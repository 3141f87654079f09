/** The parts of a benchmark run, each of which can be run alone. */
@NullMarked
package io.mortar.benchmarks.part;

import org.jspecify.annotations.NullMarked;
