/** The Job and CronJob controllers. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control.batch;
