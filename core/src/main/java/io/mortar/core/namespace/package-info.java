/**
 * The file tree of a volume: commands, queries, outcomes, the rows they are kept in and the rules that turn a command into row changes. Pure.
 */
@NullMarked
package io.mortar.core.namespace;

import org.jspecify.annotations.NullMarked;
