/** What the writers of a run did and what the database showed: values that are kept on disk and can be checked again. */
@NullMarked
package io.statefulkit.survival.history;

import org.jspecify.annotations.NullMarked;
