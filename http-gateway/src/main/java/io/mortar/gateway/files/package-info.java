/**
 * {@code /files/{volume}/{path}}: files and directories by HTTP methods. Depends on the packages for parts of a request.
 */
@NullMarked
package io.mortar.gateway.files;

import org.jspecify.annotations.NullMarked;
