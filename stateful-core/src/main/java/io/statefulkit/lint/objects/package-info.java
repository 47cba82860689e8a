/** Objects as the rules see them: the pods that they make, the servers in those, and the claims behind their volumes. */
@NullMarked
package io.statefulkit.lint.objects;

import org.jspecify.annotations.NullMarked;
