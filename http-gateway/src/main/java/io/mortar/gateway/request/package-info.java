/**
 * What a request says: its target, decoded strictly, its headers, read once, its body, taken at most once. Depends on {@code problem}.
 */
@NullMarked
package io.mortar.gateway.request;

import org.jspecify.annotations.NullMarked;
