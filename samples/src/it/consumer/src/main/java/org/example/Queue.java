package org.example;

import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.storage.Claim;

/** An application that deploys something: it needs {@code stateful-core} and nothing else. */
public final class Queue {

    static final StatefulWorkload SPEC = StatefulWorkload.named("queue")
            .withImage("registry.k8s.io/pause:3.10")
            .withVolumeClaimTemplate(Claim.named("data"), "/data");

    private Queue() {}

    static String yaml() {
        return Plan.of(SPEC).toYaml();
    }

    public static void main(String[] args) {
        System.out.println(yaml());
    }
}
