package io.statefulkit.samples.stage;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Skips what a cluster cannot do that these tests were told to run on, and says what that is. On the cluster that they run on otherwise,
 * nothing is impossible.
 */
public final class SkipsTheImpossible implements TestExecutionExceptionHandler {

    private static final Set<String> OTHERS = Set.of("k3s", "kubeconfig");

    /** Made by JUnit. */
    public SkipsTheImpossible() {}

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        String provider = Optional.ofNullable(System.getenv("STATEFULKIT_PROVIDER"))
                .filter(text -> !text.isBlank())
                .orElseGet(() -> System.getProperty("statefulkit.provider", ""));
        if (failure instanceof UnsupportedOperationException && OTHERS.contains(provider.toLowerCase(Locale.ROOT))) {
            throw new TestAbortedException("not on this cluster: " + failure.getMessage(), failure);
        }
        throw failure;
    }
}
