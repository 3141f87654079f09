/** What users do with files, through real nodes: any node takes and gives any file, bit for bit. */
@NullMarked
package io.mortar.multijvm.files;

import org.jspecify.annotations.NullMarked;
