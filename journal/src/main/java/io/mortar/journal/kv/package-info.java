/**
 * Ordered key-value stores on local disk: LevelDB through JNI, and its port to Java where there are no natives. Knows nothing of journals.
 */
@NullMarked
package io.mortar.journal.kv;

import org.jspecify.annotations.NullMarked;
