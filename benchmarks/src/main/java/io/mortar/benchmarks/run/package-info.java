/** The command: options, order of the parts, clean-up. */
@NullMarked
package io.mortar.benchmarks.run;

import org.jspecify.annotations.NullMarked;
