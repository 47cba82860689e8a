/** What every controller is made of: watches that fill queues of keys, and one worker that reconciles them. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.control.loop;
