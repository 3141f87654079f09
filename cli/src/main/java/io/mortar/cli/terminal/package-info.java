/**
 * What a command prints and asks: tables, sizes, questions, progress bars. Depends on {@code cli.failure}.
 */
@NullMarked
package io.mortar.cli.terminal;

import org.jspecify.annotations.NullMarked;
