/**
 * The coordinators of volumes: the shell around {@code core.namespace} that batches, persists, applies and answers. Runs on the metadata node.
 */
@NullMarked
package io.mortar.node.coordinator;

import org.jspecify.annotations.NullMarked;
