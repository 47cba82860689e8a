/** Binding, provisioning, protecting and reclaiming volumes. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control.volume;
