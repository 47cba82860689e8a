@NullMarked
package io.statefulkit.handle.client;

import org.jspecify.annotations.NullMarked;
