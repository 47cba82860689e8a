package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.Program;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.UserIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program that nothing is known about but what its author says. */
final class ProgramEngine implements Engine {

    private final StatefulWorkload spec;
    private final Program program;
    private final PodSettings pod;

    ProgramEngine(StatefulWorkload spec) {
        this.spec = spec;
        this.program = spec.program();
        this.pod = spec.settings().pod();
    }

    @Override
    public Server server() {
        if (program.fenced() && program.command().isEmpty()) {
            throw new IllegalArgumentException(
                    "withFence of '%s' needs withCommand: only then it is known what to start".formatted(spec.name()));
        }
        List<String> ready = program.readyCommand().orElse(List.of());
        return new Server(
                spec.name(),
                spec.name(),
                program.ports(),
                new UserIds(1000, 1000),
                program.command(),
                program.args(),
                program.env().entrySet().stream()
                        .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                        .toList(),
                mounts(),
                pod.sharedMemory().isPresent() ? List.of(Volumes.memory("shm", pod, "64Mi")) : List.of(),
                new Server.Probing(ready, ready),
                program.fenced() ? lockFile() : Optional.empty(),
                false,
                false,
                List.of());
    }

    private Optional<String> lockFile() {
        return spec.settings().storage().claims().stream()
                .findFirst()
                .map(claim -> program.mounts().get(claim.name()) + "/.statefulkit.lock");
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        program.mounts().forEach((claim, path) -> mounts.add(Volumes.mount(claim, path)));
        if (pod.sharedMemory().isPresent()) {
            mounts.add(Volumes.mount("shm", "/dev/shm"));
        }
        return mounts;
    }

    @Override
    public ClientKit clientKit() {
        throw new IllegalArgumentException("nothing is known about clients of '" + spec.name() + "'");
    }

    @Override
    public List<EnvVar> client(String host) {
        return List.of();
    }
}
