/** Tests of rendering. */
@NullMarked
package io.statefulkit.manifest;

import org.jspecify.annotations.NullMarked;
