/**
 * What the admin API answers, as text for people. Depends on {@code cli.terminal}.
 */
@NullMarked
package io.mortar.cli.view;

import org.jspecify.annotations.NullMarked;
