/**
 * How messages become bytes: a table of tags, one codec for records, one serializer for bulk data. Depends on the message packages.
 */
@NullMarked
package io.mortar.protocol.wire;

import org.jspecify.annotations.NullMarked;
