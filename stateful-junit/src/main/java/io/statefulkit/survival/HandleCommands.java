package io.statefulkit.survival;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.handle.ExecResult;
import io.statefulkit.handle.Handle;
import io.statefulkit.survival.ledger.Commands;
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
        Pod pod = handle.place()
                .client()
                .pods()
                .inNamespace(handle.namespace())
                .withName(handle.name() + "-0")
                .require();
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(handle.container()))
                .map(status -> status.getContainerID())
                .filter(id -> id != null && !id.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("container " + handle.container() + " has no id yet"));
    }
}
