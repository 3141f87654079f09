/** What stand-ins for the replicated log have in common. */
@NullMarked
package io.mortar.node.log;

import org.jspecify.annotations.NullMarked;
