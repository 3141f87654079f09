/**
 * Checksums of chunks. Depends on the JDK only.
 */
@NullMarked
package io.mortar.core.checksum;

import org.jspecify.annotations.NullMarked;
