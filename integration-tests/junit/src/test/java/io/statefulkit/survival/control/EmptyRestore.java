package io.statefulkit.survival.control;

import io.statefulkit.handle.Handle;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.List;
import java.util.stream.Collectors;

/** A disaster, and a recovery from it that ends without an error and with nothing. */
record EmptyRestore(Handle subject, Runnable deployment) implements Disruption {

    @Override
    public String name() {
        return "emptyRestore";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        subject.undeploy(Undeploy.DELETE_DATA, subject.name());
        deployment.run();
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        return List.of(Evidence.changed("claims", claims(seen.before()), claims(seen.after())));
    }

    private static String claims(Snapshot snapshot) {
        return snapshot.claims().values().stream().map(claim -> claim.uid()).collect(Collectors.joining(", "));
    }
}
