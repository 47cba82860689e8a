package io.statefulkit.junit;

import io.statefulkit.survival.Sabotage;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that has to fail: the disruption that it is given makes its run go wrong. It passes when the run came to the verdict that the fault
 * must lead to, for that reason. So a suite shows that it can be trusted when it is green.
 *
 * <pre>{@code
 * @SelfCheck
 * void lost_rows_are_found(Disruption sabotage) {
 *     assertThat(db).survives(sabotage);
 * }
 * }</pre>
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(SelfChecks.class)
public @interface SelfCheck {

    /** The faults, each planted in a run of its own. */
    Sabotage.Kind[] value() default Sabotage.Kind.LOSE_ROW;

    /** Under cover of which disruption. */
    Disrupt during() default Disrupt.DELETE_POD;
}
