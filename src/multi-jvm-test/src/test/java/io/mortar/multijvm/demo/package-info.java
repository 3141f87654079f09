/** The one command that shows Mortar to a newcomer, run through the launcher as a newcomer does. */
@NullMarked
package io.mortar.multijvm.demo;

import org.jspecify.annotations.NullMarked;
