@org.jspecify.annotations.NullMarked
package io.statefulkit.survival.testing;
