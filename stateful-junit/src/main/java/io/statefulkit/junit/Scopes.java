package io.statefulkit.junit;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds the namespace that belongs to a test, or makes it. All state is in the stores of JUnit: one extension serves many classes. */
final class Scopes {

    private static final Namespace OURS = Namespace.create(StatefulClusterExtension.class);

    private Scopes() {}

    /** The namespace for what happens in this context. */
    static Scope of(ExtensionContext context) {
        ExtensionContext owner = owner(context);
        Settings settings = settings(owner);
        return settings.namespacePer() == NamespacePer.METHOD
                        && context.getTestMethod().isPresent()
                ? scope(context, settings, context.getRequiredTestMethod().getName())
                : scope(owner, settings, owner.getRequiredTestClass().getSimpleName());
    }

    /** The namespace for the fields of a test instance. One around a nested class that is annotated itself keeps its own. */
    static Scope of(ExtensionContext context, Object instance) {
        ExtensionContext at = context;
        while (!at.getTestClass().equals(Optional.of(instance.getClass()))
                && at.getParent().isPresent()) {
            at = at.getParent().get();
        }
        return of(owner(at).equals(owner(context)) ? context : at);
    }

    /** Starts the cluster of a class, so that it does not count as time of its first test. */
    static void prepare(ExtensionContext context) {
        ExtensionContext owner = owner(context);
        Settings settings = settings(owner);
        if (settings.namespacePer() == NamespacePer.CLASS) {
            scope(owner, settings, owner.getRequiredTestClass().getSimpleName());
        } else {
            Cluster unused = home(owner, settings).cluster();
        }
    }

    /** Whether an instance serves tests of several namespaces. */
    static boolean changesWithinAnInstance(ExtensionContext context) {
        return context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS))
                && settings(owner(context)).namespacePer() == NamespacePer.METHOD;
    }

    /** A method's context would find the scope of its class under the same key, so that the key names the context. */
    private static Scope scope(ExtensionContext context, Settings settings, String name) {
        Home home = home(owner(context), settings);
        Store store = context.getStore(OURS);
        return store.getOrComputeIfAbsent(
                context.getUniqueId(),
                key -> Scope.open(home.cluster(), name, settings, home.runEnd(), turn(context, settings)),
                Scope.class);
    }

    /**
     * Who may have a namespace now. What is in a class that has one takes no other turn: it would wait for a class that waits for it. Neither
     * does what a class has besides the namespaces of its methods.
     */
    private static AutoCloseable turn(ExtensionContext context, Settings settings) {
        boolean isOfMethod = context.getTestMethod().isPresent();
        boolean isBeside = !isOfMethod && settings.namespacePer() == NamespacePer.METHOD;
        if (isBeside || isWithinOneOfAClass(isOfMethod ? owner(context) : context)) {
            return () -> {};
        }
        return turns(context).take(settings.parallelNamespaces(), context.getUniqueId());
    }

    private static boolean isWithinOneOfAClass(ExtensionContext owner) {
        for (ExtensionContext at = owner.getParent().orElse(null);
                at != null;
                at = at.getParent().orElse(null)) {
            if (annotation(at).isPresent() && settings(at).namespacePer() == NamespacePer.CLASS) {
                return true;
            }
        }
        return false;
    }

    /** Those of this run. */
    static Turns turns(ExtensionContext context) {
        return computed(context.getRoot().getStore(OURS), Turns.class, new Turns());
    }

    /** The steps of what happens in this context; what they close, they close at its end. */
    static TestSteps steps(ExtensionContext context) {
        Scope scope = of(context);
        return context.getStore(OURS)
                .getOrComputeIfAbsent(
                        "steps of " + context.getUniqueId(), key -> new TestSteps(scope.steps()), TestSteps.class);
    }

    /** Where namespaces are made: on the cluster of all classes or, if it is to be so, on one of this class. */
    private static Home home(ExtensionContext owner, Settings settings) {
        if (settings.cluster().reuse() != Reuse.PER_CLASS) {
            ExtensionContext root = owner.getRoot();
            return new Home(
                    registry(owner).cluster(settings.cluster()),
                    computed(root.getStore(OURS), RunEnd.class, new RunEnd()));
        }
        Store store = owner.getStore(OURS);
        OwnCluster own = store.getOrComputeIfAbsent(
                "cluster of " + owner.getUniqueId(),
                key -> OwnCluster.start(registry(owner), settings.cluster(), owner.getUniqueId()),
                OwnCluster.class);
        return new Home(own.cluster(), own.runEnd());
    }

    /** A cluster, and who waits for what is deleted on it. */
    private record Home(Cluster cluster, RunEnd runEnd) {}

    /** The kind of cluster that the tests in this context get, without starting it. */
    static ProviderKind kind(ExtensionContext context) {
        return registry(context).kind(settings(owner(context)).cluster());
    }

    static ClusterRegistry registry(ExtensionContext context) {
        return given(context).map(Given::registry).orElseGet(ClusterRegistry::ofThisJvm);
    }

    /**
     * Makes all classes of this run use another registry than the one of the JVM, and no settings but those of their annotations and of the
     * run itself: what the build is told to run its tests on is not for them. The registry is not closed at the end of the run.
     */
    static void use(ClusterRegistry registry, ExtensionContext context) {
        context.getRoot().getStore(OURS).put(Given.class, new Given(registry));
    }

    private static Optional<Given> given(ExtensionContext context) {
        return Optional.ofNullable(context.getRoot().getStore(OURS).get(Given.class, Given.class));
    }

    /** Hides from JUnit that a registry can be closed. */
    private record Given(ClusterRegistry registry) {}

    /** Keeps a value for the end of this context. */
    static <T> void remember(Class<T> key, T value, ExtensionContext context) {
        context.getStore(OURS).put(key, value);
    }

    /** The value that was kept. */
    static <T> Optional<T> remembered(Class<T> key, ExtensionContext context) {
        return Optional.ofNullable(context.getStore(OURS).get(key, key));
    }

    /** The context of the class that is annotated: this one, or the nearest around it. */
    private static ExtensionContext owner(ExtensionContext context) {
        Optional<ExtensionContext> at = Optional.of(context);
        while (at.isPresent()) {
            ExtensionContext candidate = at.get();
            if (candidate.getTestMethod().isEmpty() && annotation(candidate).isPresent()) {
                return candidate;
            }
            at = candidate.getParent();
        }
        throw new ExtensionConfigurationException("the extension of @StatefulCluster works on "
                + context.getTestClass().map(Class::getName).orElse("no class")
                + ", but neither it nor a class around it has that annotation");
    }

    private static Optional<StatefulCluster> annotation(ExtensionContext context) {
        return context.getTestClass().flatMap(type -> AnnotationSupport.findAnnotation(type, StatefulCluster.class));
    }

    /** Read once for a class, though each callback asks for them. */
    private static Settings settings(ExtensionContext owner) {
        FileKeys file = owner.getRoot()
                .getStore(OURS)
                .getOrComputeIfAbsent(FileKeys.class, key -> new FileKeys(SettingSources.keysOfFile()), FileKeys.class);
        return owner.getStore(OURS)
                .getOrComputeIfAbsent("settings of " + owner.getUniqueId(), key -> read(owner, file), Settings.class);
    }

    private static Settings read(ExtensionContext owner, FileKeys file) {
        return Settings.of(
                annotation(owner).orElseThrow(),
                given(owner).isPresent()
                        ? SettingSources.ofRun(owner::getConfigurationParameter)
                        : SettingSources.ofThisJvm(owner::getConfigurationParameter, file.keys()));
    }

    /** The keys of the file of properties: to look for it takes as long as the class path is. */
    private record FileKeys(Set<String> keys) {}

    private static <T> T computed(Store store, Class<T> key, T value) {
        return store.getOrComputeIfAbsent(key, k -> value, key);
    }
}
