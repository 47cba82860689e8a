/** What is filled in or refused before an object is checked and stored. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.admission;
