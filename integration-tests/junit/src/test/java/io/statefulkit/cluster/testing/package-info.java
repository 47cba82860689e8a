@org.jspecify.annotations.NullMarked
package io.statefulkit.cluster.testing;
