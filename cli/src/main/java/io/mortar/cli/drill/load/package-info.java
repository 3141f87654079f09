/**
 * A mixed load with a checker that knows every acknowledged byte. Rules only: files are reached through {@link
 * io.mortar.cli.drill.load.Files}, time through {@link io.mortar.cli.drill.load.Pace}. Depends on the JDK only.
 */
@NullMarked
package io.mortar.cli.drill.load;

import org.jspecify.annotations.NullMarked;
