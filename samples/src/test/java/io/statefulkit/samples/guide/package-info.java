/** The code of the guide's pages, and the tests that pages say what the code says and lead where they point. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.guide;
