/**
 * Files of a volume as byte streams: what the gateway and the mount use. Depends on {@code protocol}.
 */
@NullMarked
package io.mortar.client.file;

import org.jspecify.annotations.NullMarked;
