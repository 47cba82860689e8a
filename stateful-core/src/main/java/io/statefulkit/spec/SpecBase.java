package io.statefulkit.spec;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.statefulkit.internal.Checks;
import io.statefulkit.lint.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What every object of a workload can say: names, rules, the last word. Package-private, so that users never see the type parameter. */
abstract class SpecBase<S> {

    private final Settings settings;

    SpecBase(Settings settings) {
        this.settings = settings;
    }

    /** Return the same spec with other settings. */
    abstract S copy(Settings changed);

    /** Return what every workload has. */
    public final Settings settings() {
        return settings;
    }

    /** Return the workload's name. */
    public final String name() {
        return settings.identity().name();
    }

    final S identity(Identity changed) {
        return copy(settings.identity(changed));
    }

    final S extras(Extras changed) {
        return copy(settings.extras(changed));
    }

    /** Put all objects into this namespace. Without it, the place of deployment decides. */
    public final S inNamespace(String namespace) {
        return identity(settings.identity().namespace(namespace));
    }

    /** Create the namespace too. Needs {@link #inNamespace}. */
    public final S withNamespaceCreated() {
        return identity(settings.identity().createNamespace(true));
    }

    /** Add these labels to all objects. */
    public final S withLabels(Map<String, String> labels) {
        return identity(settings.identity().labels(merged(settings.identity().labels(), labels)));
    }

    /** Add these annotations to the object that runs the pods. */
    public final S withAnnotations(Map<String, String> annotations) {
        return identity(
                settings.identity().annotations(merged(settings.identity().annotations(), annotations)));
    }

    /** Add an object of your own to the workload's. */
    public final S withResource(HasMetadata resource) {
        return extras(settings.extras().resources(added(settings.extras().resources(), resource)));
    }

    /**
     * Accept what a rule finds.
     *
     * @param rule that does not apply here
     * @param reason why not; stays in the report
     */
    public final S allow(Rule rule, String reason) {
        Map<Rule, String> allowed = new TreeMap<>(settings.extras().allowed());
        allowed.put(rule, Checks.notBlank(reason, "reason for allowing " + rule));
        return extras(settings.extras().allowed(allowed));
    }

    /**
     * Change the rendered objects at last, whatever this library has no word for. The rules look at the result. An edit
     * that changes nothing is an error.
     *
     * <p>Jobs and schedules that are given to a handle are edited as well, where they have such a part.
     *
     * @param builderType builder of fabric8, for example {@code StatefulSetBuilder} or {@code PodSpecBuilder}
     * @param change what to do with each builder of the type
     */
    public final <B> S customize(Class<B> builderType, Consumer<B> change) {
        return edit(new Edit<>(builderType, "", change));
    }

    /** Like {@link #customize}, for the container of this name. */
    public final S customizeContainer(String container, Consumer<ContainerBuilder> change) {
        return edit(new Edit<>(ContainerBuilder.class, Checks.notBlank(container, "container"), change));
    }

    private S edit(Edit<?> edit) {
        return extras(settings.extras().edits(added(settings.extras().edits(), edit)));
    }

    static <T> List<T> added(List<? extends T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }

    static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new TreeMap<>(first);
        all.putAll(second);
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpecBase<?> that && getClass() == that.getClass() && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    /** Return kind and name. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + name() + "]";
    }
}
