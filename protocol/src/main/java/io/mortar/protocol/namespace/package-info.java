/**
 * What the coordinator of a volume is asked and answers: paths, uploads, listings.
 */
@NullMarked
package io.mortar.protocol.namespace;

import org.jspecify.annotations.NullMarked;
