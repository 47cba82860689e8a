/** How each part of a spec becomes Kubernetes objects. Pure; used by {@link io.statefulkit.manifest.render.Renderer} only. */
@NullMarked
package io.statefulkit.manifest.render;

import org.jspecify.annotations.NullMarked;
