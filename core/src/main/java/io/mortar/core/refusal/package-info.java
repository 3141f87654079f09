/**
 * The stable codes with which every part of Mortar refuses a request. Depends on the JDK only.
 */
@NullMarked
package io.mortar.core.refusal;

import org.jspecify.annotations.NullMarked;
