/** What the kernel says about processes, files and commands. Linux only. */
@NullMarked
package io.mortar.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
