/**
 * Reports of the pool and its volumes: what the registry says, or while it does not answer what this node knows itself, each with a
 * verdict. Depends on {@code pool} and {@code protocol}.
 */
@NullMarked
package io.mortar.client.report;

import org.jspecify.annotations.NullMarked;
