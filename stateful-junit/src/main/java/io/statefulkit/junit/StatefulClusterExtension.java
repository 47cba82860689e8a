package io.statefulkit.junit;

import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.opentest4j.TestAbortedException;

/** Carries out {@link StatefulCluster}. */
final class StatefulClusterExtension
        implements BeforeAllCallback,
                TestInstancePostProcessor,
                BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                AfterEachCallback,
                AfterAllCallback {

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Scopes.prepare(context);
        List<Field> filled = Injection.intoClass(context.getRequiredTestClass(), () -> Scopes.of(context));
        Scopes.remember(FilledFields.class, new FilledFields(filled), context);
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
        Injection.intoInstance(instance, false, () -> Scopes.of(context, instance));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (Scopes.changesWithinAnInstance(context)) {
            context.getRequiredTestInstances()
                    .getAllInstances()
                    .forEach(instance -> Injection.intoInstance(instance, true, () -> Scopes.of(context, instance)));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Injection.knows(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Injection.value(parameter.getParameter().getType(), Scopes.of(context));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw described(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw described(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw described(context, failure);
    }

    /** Before the test's own clean-up takes away what there is to see. A test that was aborted has not failed. */
    private static Throwable described(ExtensionContext context, Throwable failure) {
        if (!(failure instanceof TestAbortedException)) {
            String name = context.getRequiredTestClass().getSimpleName()
                    + context.getTestMethod()
                            .map(method -> "-" + method.getName())
                            .orElse("");
            Scopes.of(context).describe(name, failure);
        }
        return failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        noteFailure(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        noteFailure(context);
        Scopes.remembered(FilledFields.class, context).ifPresent(filled -> Injection.empty(filled.fields()));
    }

    /** The static fields that got a value from here. */
    private record FilledFields(List<Field> fields) {}

    private static void noteFailure(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            Scopes.of(context).fail();
        }
    }
}
