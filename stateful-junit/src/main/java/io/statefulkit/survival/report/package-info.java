/** Puts the results of runs into words and pictures. Pure. */
@NullMarked
package io.statefulkit.survival.report;

import org.jspecify.annotations.NullMarked;
