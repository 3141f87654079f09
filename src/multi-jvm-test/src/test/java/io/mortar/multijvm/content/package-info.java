/** Content that is a function of a seed, so that a test need not keep it to check it. */
@NullMarked
package io.mortar.multijvm.content;

import org.jspecify.annotations.NullMarked;
