package io.statefulkit.junit;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Makes a test class run on the cluster of its {@link FakeRun}. Registered before the annotation that is tested. */
final class FakeClusters implements BeforeAllCallback, TestInstancePreConstructCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        use(context);
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        use(context);
    }

    private static void use(ExtensionContext context) {
        context.getConfigurationParameter(FakeRun.KEY).map(FakeRun::registry).ifPresent(it -> Scopes.use(it, context));
    }
}
