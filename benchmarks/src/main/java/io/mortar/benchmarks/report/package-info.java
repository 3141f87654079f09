/** Figures, and how they are shown: as tables for people and as JSON for programs. */
@NullMarked
package io.mortar.benchmarks.report;

import org.jspecify.annotations.NullMarked;
