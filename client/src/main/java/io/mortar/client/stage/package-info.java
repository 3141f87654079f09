/** Completion stages of Akka as the rest of the client wants them. Depends on nothing of Mortar. */
@NullMarked
package io.mortar.client.stage;

import org.jspecify.annotations.NullMarked;
