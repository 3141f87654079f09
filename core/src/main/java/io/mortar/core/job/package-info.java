/** Background work on a volume: what kinds there are, how far each is, and what a change of the volume would take. */
@NullMarked
package io.mortar.core.job;

import org.jspecify.annotations.NullMarked;
