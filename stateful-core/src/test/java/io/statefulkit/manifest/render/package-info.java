@NullMarked
package io.statefulkit.manifest.render;

import org.jspecify.annotations.NullMarked;
