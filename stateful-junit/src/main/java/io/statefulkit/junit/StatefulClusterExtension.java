package io.statefulkit.junit;

import io.statefulkit.junit.FailureRecords.Written;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out {@link StatefulCluster}. */
final class StatefulClusterExtension
        implements BeforeAllCallback,
                TestInstancePostProcessor,
                BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                PreInterruptCallback,
                AfterEachCallback,
                AfterAllCallback {

    private static final ExtensionContext.Namespace PUBLISHED =
            ExtensionContext.Namespace.create(StatefulClusterExtension.class, "published");
    private static final Logger LOG = LoggerFactory.getLogger(StatefulClusterExtension.class);

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Scopes.turns(context).enter(context.getUniqueId());
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
        Scopes.of(context).steps().add(name(context) + " begins");
        if (Scopes.changesWithinAnInstance(context)) {
            context.getRequiredTestInstances()
                    .getAllInstances()
                    .forEach(instance -> Injection.intoInstance(instance, true, () -> Scopes.of(context, instance)));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestSteps.class || Injection.knows(parameter.getParameter(), type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == TestSteps.class) {
            return Scopes.steps(context);
        }
        return Injection.value(
                parameter.getParameter(),
                parameter.getParameter().getType(),
                context.getRequiredTestClass(),
                Scopes.of(context));
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

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw described(context, failure);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw described(context, failure);
    }

    /** What a test that takes too long waits for, is gone when it has been interrupted. */
    @Override
    public void beforeThreadInterrupt(PreInterruptContext interrupted, ExtensionContext context) {
        Exception waiting = new TimeoutException("the test took too long; this is what it was doing");
        waiting.setStackTrace(interrupted.getThreadToInterrupt().getStackTrace());
        Optional<Written> unused = record(context, name(context), waiting);
    }

    /**
     * Written where all reports are, and with the report files of JUnit. Where there is no namespace to tell about, and none can be made, there
     * is nothing to write; that must not take the place of the failure.
     */
    private static Optional<Written> record(ExtensionContext context, String name, Throwable failure) {
        Optional<Written> written;
        try {
            written = Scopes.of(context).records().write(context.getUniqueId(), name, failure);
        } catch (RuntimeException e) {
            LOG.debug("there is no namespace to tell about: {}", e.getMessage());
            return Optional.empty();
        }
        written.ifPresent(from -> {
            try {
                publish(context, from.directory());
            } catch (RuntimeException e) {
                // Not every launcher takes files; they are in our own directory as well.
                LOG.debug("not published: {}", e.getMessage());
            }
        });
        return written;
    }

    /** JUnit 5.12 publishes a directory once: what a later failure of the same test adds goes to the same one. */
    private static void publish(ExtensionContext context, Path from) {
        ExtensionContext.Store store = context.getStore(PUBLISHED);
        Path before = store.get(context.getUniqueId(), Path.class);
        if (before != null) {
            FailureRecords.copy(from, before);
            return;
        }
        context.publishDirectory("cluster", to -> {
            FailureRecords.copy(from, to);
            store.put(context.getUniqueId(), to);
        });
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName()
                + context.getTestMethod().map(method -> "-" + method.getName()).orElse("");
    }

    /** Before the test's own clean-up takes away what there is to see. A test that was aborted has not failed. */
    private static Throwable described(ExtensionContext context, Throwable failure) {
        if (!(failure instanceof TestAbortedException)) {
            record(context, name(context), failure)
                    .filter(Written::isFirst)
                    .map(Written::directory)
                    .ifPresent(directory -> Scopes.of(context).pause(directory));
        }
        return failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        noteFailure(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            noteFailure(context);
            Scopes.remembered(FilledFields.class, context).ifPresent(filled -> Injection.empty(filled.fields()));
        } finally {
            Scopes.turns(context).leave(context.getUniqueId());
        }
    }

    /** The static fields that got a value from here. */
    private record FilledFields(List<Field> fields) {}

    /** One that no handler was told of, such as that of another extension or of a constructor, is written now. */
    private static void noteFailure(ExtensionContext context) {
        context.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .ifPresent(failure -> {
                    try {
                        Scope scope = Scopes.of(context);
                        scope.fail();
                        if (!scope.records().has(context.getUniqueId())) {
                            Optional<Written> unused = record(context, name(context), failure);
                        }
                    } catch (RuntimeException e) {
                        LOG.debug("there is no namespace to tell about: {}", e.getMessage());
                    }
                });
    }
}
