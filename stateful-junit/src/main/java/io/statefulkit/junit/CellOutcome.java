package io.statefulkit.junit;

import io.statefulkit.junit.DisruptionTest.Inconclusive;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.verdict.Verdict;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Aborts a test that could not show anything, and remembers the seed of one that failed.
 *
 * @param failed where seeds are remembered
 * @param id the name of the test and its cell
 * @param seed its seed
 * @param inconclusive what becomes of a run that has shown nothing
 */
record CellOutcome(FailedSeeds failed, String id, long seed, Inconclusive inconclusive)
        implements InvocationInterceptor {

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
            failed.passed(id);
        } catch (TestAbortedException e) {
            throw e;
        } catch (UnmetNeedException e) {
            throw new TestAbortedException("not possible on this cluster: " + e.getMessage(), e);
        } catch (Throwable e) {
            if (e instanceof SurvivalError error
                    && error.result().verdict() == Verdict.INCONCLUSIVE
                    && inconclusive == Inconclusive.ABORT) {
                throw new TestAbortedException(error.getMessage(), error);
            }
            failed.failed(id, seed);
            throw e;
        }
    }
}
