/**
 * Paths inside a volume and the rules that make one acceptable. Depends on the JDK only.
 */
@NullMarked
package io.mortar.core.path;

import org.jspecify.annotations.NullMarked;
