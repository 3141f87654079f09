/**
 * A node that runs only to load the classes that nodes use, for the launcher's archive of them. Depends on {@code cli.node} and
 * {@code cli.remote}.
 */
@NullMarked
package io.mortar.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
