package io.mortar.gateway.admin;

/** A node, as {@code docs/api.md} describes it. */
record NodeJson(String id, String name, String address, String url, boolean reachable, boolean metadata, int bricks) {}
