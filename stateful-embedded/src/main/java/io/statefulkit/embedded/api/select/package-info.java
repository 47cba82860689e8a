/** Which objects a request means: label and field selectors. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.select;
