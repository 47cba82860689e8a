package io.statefulkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Deploys a workload into the namespace of the tests and injects its {@linkplain io.statefulkit.handle.Handle handle} when it is ready.
 *
 * <pre>{@code
 * @StatefulCluster
 * class OrdersTest {
 *     static final StatefulPostgres ORDERS =
 *             StatefulPostgres.named("orders").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");
 *
 *     @Test
 *     void orders_survive(@Deployed("ORDERS") PostgresHandle db) {
 *         assertThat(db).survives(deletePod());
 *     }
 * }
 * }</pre>
 *
 * <p>A workload is deployed once in each namespace, however many fields and parameters ask for it: with a namespace for each class, all
 * its tests share it. It is deleted with its namespace.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Deployed {

    /**
     * The name of a static field of the test class, of one it extends or of one around it, that holds the specification; or of a static
     * method without parameters that returns it.
     */
    String value();
}
