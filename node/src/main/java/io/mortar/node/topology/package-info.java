/**
 * Who is where: nodes announce themselves to each other, and each keeps a picture of the pool. Depends on {@code protocol}.
 */
@NullMarked
package io.mortar.node.topology;

import org.jspecify.annotations.NullMarked;
