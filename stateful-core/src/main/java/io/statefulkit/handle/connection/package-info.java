/** Ways into the pods of a workload: commands, logs, pods for one command, local ports, JDBC. */
@NullMarked
package io.statefulkit.handle.connection;

import org.jspecify.annotations.NullMarked;
