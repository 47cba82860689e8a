package io.statefulkit.survival;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.handle.Handle;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.survival.ledger.Commands;
import java.util.Comparator;
import java.util.List;

/** Commands in the main container of pod 0 of a workload. */
record HandleCommands(Handle handle) implements Commands {

    @Override
    public Ended run(List<String> command) {
        ExecResult result = handle.exec(0, handle.container(), command);
        return new Ended(result.exitCode(), result.stdout(), result.stderr());
    }

    @Override
    public String container() {
        Pod pod = pod();
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(handle.container()))
                .map(status -> status.getContainerID())
                .filter(id -> id != null && !id.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("container " + handle.container() + " has no id yet"));
    }

    private Pod pod() {
        var pods = handle.place().client().pods().inNamespace(handle.namespace());
        if (handle.place().ref().kind() == WorkloadRef.Kind.STATEFUL_SET) {
            return pods.withName(handle.name() + "-0").require();
        }
        return pods.withLabels(handle.place().selector()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .min(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .orElseThrow(() -> new IllegalStateException(handle.place().ref() + " has no pod yet"));
    }
}
