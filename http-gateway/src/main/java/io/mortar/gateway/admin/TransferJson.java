package io.mortar.gateway.admin;

import org.jspecify.annotations.Nullable;

/**
 * Body of a request to hand leadership over.
 *
 * @param to name of a node; null for whoever has most of the log
 */
record TransferJson(@Nullable String to) {}
