/**
 * The bytes of the namespace's rows: keys and values of every table, one small class per kind of row. The format is in
 * docs/formats/namespace.md. Depends on layouts and the JDK; knows no rules.
 */
@NullMarked
package io.mortar.core.namespace.row;

import org.jspecify.annotations.NullMarked;
