/** Objects as the rows that {@code kubectl get} prints. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.http.table;
