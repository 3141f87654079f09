/**
 * Room on the file system that holds metadata: a preallocated reserve, and refusal of writes before the disk is full. Depends on the JDK only.
 */
@NullMarked
package io.mortar.journal.space;

import org.jspecify.annotations.NullMarked;
