/** How tests talk to nodes: JSON administration, files over HTTP, unfinished uploads over a bare socket, and the real curl. */
@NullMarked
package io.mortar.multijvm.http;

import org.jspecify.annotations.NullMarked;
