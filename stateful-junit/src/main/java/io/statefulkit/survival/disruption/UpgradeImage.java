package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes the image of the server in the pods, and expects every pod to run it. */
record UpgradeImage(String image) implements Disruption {

    @Override
    public String name() {
        return "upgradeImage(" + image + ")";
    }

    @Override
    public Optional<String> obstacle(Workload workload) {
        return RollOuts.obstacle(workload);
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        workload.changeImage(image);
    }

    /** Two names can mean one image: then nothing was upgraded. */
    @Override
    public List<Evidence> evidence(Observation seen) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.changed(
                "revision", seen.before().revision(), seen.after().revision()));
        for (PodState old : seen.before().pods().values()) {
            PodState now = seen.now(old).orElse(old);
            evidence.add(Evidence.changed("uid of pod " + old.name(), old.uid(), now.uid()));
            evidence.add(new Evidence(
                    "its image",
                    old.details().image(),
                    now.details().image(),
                    now.details().image().equals(image)));
            evidence.add(Evidence.changed(
                    "identity of its image",
                    old.details().imageId(),
                    now.details().imageId()));
        }
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
