/**
 * The client side of one node, put together. May use every other package of the module; none uses it.
 */
@NullMarked
package io.mortar.client.session;

import org.jspecify.annotations.NullMarked;
