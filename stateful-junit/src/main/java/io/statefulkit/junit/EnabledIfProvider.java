package io.statefulkit.junit;

import io.statefulkit.cluster.ProviderKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test, or the tests of a class, only where the cluster is of one of these kinds; elsewhere they are skipped, and the report says
 * why. Deciding starts no cluster. Belongs on or in a class with {@link StatefulCluster}.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(ProviderCondition.class)
public @interface EnabledIfProvider {

    /** The kinds; {@link ProviderKind#AUTO} means any. */
    ProviderKind[] value();
}
