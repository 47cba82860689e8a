/** Texts and parts that objects of all kinds share: names, amounts, times, metadata, and what a request is about. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.api.value;
