/** Says what a history proves. Pure: a history and evidence go in, a verdict with its reasons comes out. */
@NullMarked
package io.statefulkit.survival.verdict;

import org.jspecify.annotations.NullMarked;
