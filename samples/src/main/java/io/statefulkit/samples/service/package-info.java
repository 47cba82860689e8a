/** A Java service of one's own, tested as the image that will run. */
@org.jspecify.annotations.NullMarked
package io.statefulkit.samples.service;
