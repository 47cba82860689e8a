package io.statefulkit.spec;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.statefulkit.lint.Rule;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.StatefulJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a workload brings along, and how its objects are edited at last.
 *
 * @param sidecarBackup container that makes dumps
 * @param jobs jobs that are deployed together with it
 * @param resources further objects
 * @param edits changes of the rendered objects
 * @param allowed findings that the author accepts, with the reason
 * @param k8up true if the pods tell k8up how to dump the database
 */
public record Extras(
        Optional<SidecarBackup> sidecarBackup,
        List<StatefulJob> jobs,
        List<HasMetadata> resources,
        List<Edit<?>> edits,
        Map<Rule, String> allowed,
        boolean k8up) {

    public Extras {
        jobs = List.copyOf(jobs);
        resources = List.copyOf(resources);
        edits = List.copyOf(edits);
        allowed = Map.copyOf(allowed);
    }

    static Extras none() {
        return new Extras(Optional.empty(), List.of(), List.of(), List.of(), Map.of(), false);
    }

    Extras sidecarBackup(SidecarBackup value) {
        return new Extras(Optional.of(value), jobs, resources, edits, allowed, k8up);
    }

    Extras jobs(List<StatefulJob> value) {
        return new Extras(sidecarBackup, value, resources, edits, allowed, k8up);
    }

    Extras resources(List<HasMetadata> value) {
        return new Extras(sidecarBackup, jobs, value, edits, allowed, k8up);
    }

    Extras edits(List<Edit<?>> value) {
        return new Extras(sidecarBackup, jobs, resources, value, allowed, k8up);
    }

    Extras allowed(Map<Rule, String> value) {
        return new Extras(sidecarBackup, jobs, resources, edits, value, k8up);
    }

    Extras withK8up() {
        return new Extras(sidecarBackup, jobs, resources, edits, allowed, true);
    }
}
