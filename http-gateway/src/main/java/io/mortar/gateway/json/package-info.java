/**
 * Reading and writing of JSON, with limits on what strangers send. Depends on Jackson only.
 */
@NullMarked
package io.mortar.gateway.json;

import org.jspecify.annotations.NullMarked;
