package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Disruptions one after another, each with traffic before it and evidence of its own. A run does its steps; it does nothing itself. */
record Sequence(List<Disruption> steps) implements Disruption {

    Sequence {
        steps = List.copyOf(steps);
    }

    static Sequence of(Disruption first, Disruption second) {
        List<Disruption> steps = new ArrayList<>(first.steps());
        steps.addAll(second.steps());
        return new Sequence(steps);
    }

    @Override
    public String name() {
        return steps.stream().map(Disruption::name).collect(Collectors.joining(", then "));
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        throw new UnsupportedOperationException(name() + " are several disruptions: do its steps() one by one");
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        throw new UnsupportedOperationException(
                name() + " are several disruptions, each with its evidence: see steps()");
    }

    @Override
    public boolean restartsServers() {
        return steps.stream().anyMatch(Disruption::restartsServers);
    }

    @Override
    public Set<Capability> requires() {
        return steps.stream().flatMap(step -> step.requires().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<String> obstacle(Workload workload) {
        return steps.stream()
                .map(step -> step.obstacle(workload))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public Disruption on(Target target) {
        return each(step -> step.on(target));
    }

    @Override
    public Disruption when(Trigger trigger) {
        return each(step -> step.when(trigger));
    }

    @Override
    public Disruption recoveringWithin(Duration limit) {
        return each(step -> step.recoveringWithin(limit));
    }

    private Sequence each(UnaryOperator<Disruption> change) {
        return new Sequence(steps.stream().map(change).toList());
    }
}
