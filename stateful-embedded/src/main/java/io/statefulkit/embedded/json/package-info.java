/** The truth inside the API server: Jackson trees, and typed views of them. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.embedded.json;
