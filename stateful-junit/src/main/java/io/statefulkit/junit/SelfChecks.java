package io.statefulkit.junit;

import io.statefulkit.survival.LedgerKind;
import io.statefulkit.survival.Sabotage;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;

/** Carries out {@link SelfCheck}. */
final class SelfChecks implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        SelfCheck check = AnnotationSupport.findAnnotation(context.getElement(), SelfCheck.class)
                .orElseThrow();
        return Stream.of(check.value())
                .map(kind -> new Planted(
                        Sabotage.of(kind, check.during().disruption()),
                        check.during().isOfNode()));
    }

    private record Planted(Sabotage sabotage, boolean isOfNode) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocation) {
            return "[" + invocation + "] " + sabotage.kind() + " is found";
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(
                    new CellParameters(new DisruptionCell(sabotage, LedgerKind.ROWS, 1, 1, 0)),
                    new NodeTurn(isOfNode),
                    new Finding(sabotage));
        }
    }

    private record Finding(Sabotage sabotage) implements InvocationInterceptor {

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            try {
                invocation.proceed();
            } catch (SurvivalError found) {
                if (!sabotage.isFoundBy(found.result())) {
                    throw new AssertionFailedError(expected() + ", but it failed for another: " + found.getMessage());
                }
                return;
            }
            throw new AssertionFailedError(expected() + ", but it passed");
        }

        private String expected() {
            return "expected the test to fail with " + sabotage.kind().verdict() + " because of " + sabotage.kind()
                    + " (\"" + sabotage.kind().sign() + "\")";
        }
    }
}
