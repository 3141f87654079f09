/**
 * A node that is none: answers the admin API and files from memory, and remembers what it was asked.
 */
@NullMarked
package io.mortar.cli.stub;

import org.jspecify.annotations.NullMarked;
