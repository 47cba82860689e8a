package io.statefulkit.cluster.testing;

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
        if (failure instanceof UnsupportedOperationException && otherProvider().isPresent()) {
            throw new TestAbortedException("not on this cluster: " + failure.getMessage(), failure);
        }
        throw failure;
    }

    /** The cluster that these tests were told to run on, if it is not the usual one. */
    static Optional<String> otherProvider() {
        return Optional.ofNullable(System.getenv("STATEFULKIT_PROVIDER"))
                .filter(name -> !name.isBlank())
                .or(() -> Optional.ofNullable(System.getProperty("statefulkit.provider")))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(OTHERS::contains);
    }
}
