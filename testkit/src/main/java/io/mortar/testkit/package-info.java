/**
 * Seeds and architecture rules that the tests of every module share. Depends on none of Mortar's modules.
 */
@NullMarked
package io.mortar.testkit;

import org.jspecify.annotations.NullMarked;
