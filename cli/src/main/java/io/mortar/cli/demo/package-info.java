/**
 * A pool of three nodes on one machine, to be looked at. Depends on {@code cli.local}, {@code cli.remote}, {@code cli.transfer} and
 * {@code cli.terminal}.
 */
@NullMarked
package io.mortar.cli.demo;

import org.jspecify.annotations.NullMarked;
