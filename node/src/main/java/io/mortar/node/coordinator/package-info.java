/**
 * The coordinators of volumes: the shell around {@code core.namespace} that batches, persists, applies and answers. Runs on the node that
 * leads the metadata, for the time of one leadership.
 */
@NullMarked
package io.mortar.node.coordinator;

import org.jspecify.annotations.NullMarked;
