/**
 * Starts and stops a node: settings, identity, guardian. May use every other package of the module; none uses it.
 */
@NullMarked
package io.mortar.node.boot;

import org.jspecify.annotations.NullMarked;
