package io.statefulkit.junit;

import io.statefulkit.survival.LedgerKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once for each disruption and each ledger. It takes a {@link DisruptionCell}, or only its
 * {@link io.statefulkit.survival.disruption.Disruption}.
 *
 * <pre>{@code
 * @DisruptionTest({DELETE_POD, CRASH_PROCESS, ROLLOUT_RESTART})
 * void orders_survive(DisruptionCell cell) {
 *     assertThat(db).with(cell).survives(cell.disruption());
 * }
 * }</pre>
 *
 * <p>While one that concerns a whole node runs, no other test of this kind does. A disruption that is not possible on the cluster aborts its test, which names what is missing. The seed of a test that failed is kept
 * in {@code .statefulkit/failures.json}: it runs first the next time, with that seed, until it passes. The property
 * {@code statefulkit.seed} decides all seeds.
 *
 * <p>What is done, in which order and with which seeds, is written to {@code plan.json} beside the reports. The property
 * {@code statefulkit.replay} names such a file: tests that it knows do exactly that again, whatever has failed meanwhile and whatever
 * their annotation says.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(DisruptionMatrix.class)
public @interface DisruptionTest {

    /** The disruptions. Those that concern a whole node come last. */
    Disrupt[] value();

    /** What runs keep in the database; each disruption is tried with each of them. */
    LedgerKind[] ledgers() default LedgerKind.ROWS;

    /** How often each is tried, with another seed each time. */
    int repeat() default 1;

    /** What all seeds are derived from, as a hexadecimal number; random unless said. */
    String seed() default "";

    /** What becomes of a test whose run has shown nothing. */
    Inconclusive inconclusive() default Inconclusive.FAIL;

    /** What becomes of a test whose run has shown nothing. */
    enum Inconclusive {
        /** It fails. */
        FAIL,
        /** It is aborted, as if an assumption did not hold. */
        ABORT
    }
}
