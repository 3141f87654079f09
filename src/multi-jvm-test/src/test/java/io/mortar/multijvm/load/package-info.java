/** The mixed load of `mortar drill`, with its checker, on real nodes that are killed, frozen and robbed of their disks. */
@NullMarked
package io.mortar.multijvm.load;

import org.jspecify.annotations.NullMarked;
