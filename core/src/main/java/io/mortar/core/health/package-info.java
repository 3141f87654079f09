/**
 * How good or bad something is, and why: the words of every report, the same in the API and on the command line. Depends on the JDK only.
 */
@NullMarked
package io.mortar.core.health;

import org.jspecify.annotations.NullMarked;
