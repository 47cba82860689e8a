package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.statefulkit.StatefulKit;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.storage.Claim;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much later awaitReplacement returns than a watch of somebody else sees the new pod ready. */
final class RecoveryBenchmark implements Benchmark {

    private static final int RUNS = 15;

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public List<Figure> run() throws Exception {
        Map<String, Long> readySince = new ConcurrentHashMap<>();
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            Watch watch = cluster.client().pods().inNamespace("default").watch(new ReadyTimes(readySince));
            WorkloadHandle program = StatefulKit.on(cluster.client())
                    .inNamespace("default")
                    .deploy(StatefulWorkload.named("program")
                            .withImage("busybox:1.36")
                            .withVolumeClaimTemplate(Claim.named("data").size("1Gi"), "/data")
                            .withCommand("sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.1; done")
                            .withReadyCommand("test", "-d", "/data"));
            double[] late = new double[RUNS];
            double[] whole = new double[RUNS];
            for (int i = -2; i < RUNS; i++) {
                Replacement replacement = program.deletePod(0).awaitReplacement();
                long now = System.nanoTime();
                Long ready = readySince.get(replacement.newUid());
                if (i >= 0) {
                    // A watch that has not told yet is later than we are.
                    late[i] = ready == null ? 0 : (now - ready) / 1e6;
                    whole[i] = replacement.recovery().toNanos() / 1e6;
                }
            }
            watch.close();
            double median = Samples.median(late);
            return List.of(new Figure(
                    "awaitReplacement returns after the pod is seen ready (median of " + RUNS + ")",
                    String.format(Locale.ROOT, "%.1f ms", median),
                    String.format(Locale.ROOT, "%.0f ms (the whole recovery)", Samples.median(whole)),
                    median,
                    Limit.atMost(150)));
        }
    }

    /** Notes when each pod was first seen ready. */
    private record ReadyTimes(Map<String, Long> since) implements Watcher<Pod> {

        @Override
        public void eventReceived(Action action, Pod pod) {
            if (action == Action.MODIFIED && Pods.ready(pod)) {
                since.putIfAbsent(Pods.uid(pod), System.nanoTime());
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            // Runs without a watch count as not late; there is nothing else to do.
            since.clear();
        }
    }
}
