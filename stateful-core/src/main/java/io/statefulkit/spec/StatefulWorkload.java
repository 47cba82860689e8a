package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.Program.NamedPort;
import io.statefulkit.spec.storage.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A stateful workload of any image: what the engines of this library have in common, and none of their knowledge. Its
 * file system stays writable and it is fenced only on request, since not every image has a shell.
 *
 * <p>Immutable: every {@code with…} returns a new value.
 */
public final class StatefulWorkload extends WorkloadBase<StatefulWorkload> implements StatefulSpec {

    private final Program program;

    private StatefulWorkload(Settings settings, Program program) {
        super(settings);
        this.program = program;
    }

    /**
     * Return a workload of this name: one replica, uid and gid 1000, a minute to stop.
     *
     * @throws IllegalArgumentException if Kubernetes would refuse the name
     */
    public static StatefulWorkload named(String name) {
        return new StatefulWorkload(Defaults.of(name, "none", Duration.ofMinutes(1)), Program.none());
    }

    /** Open this port. The first one is the port that probes connect to. */
    public StatefulWorkload withPort(String name, int number) {
        List<NamedPort> ports = added(program.ports(), new NamedPort(name, number));
        return program(program.ports(ports));
    }

    /** Give each replica its own volume, made from this template, at this directory. Can be said several times. */
    public StatefulWorkload withVolumeClaimTemplate(Claim template, String mountPath) {
        Storage storage = settings().storage();
        boolean first = storage.shape() != Storage.Shape.STATEFUL_SET;
        StatefulWorkload base = first ? program(program.mounts(Map.of())) : this;
        List<Claim> claims = first ? List.of(template) : added(storage.claims(), template);
        return base.storage(storage.shape(Storage.Shape.STATEFUL_SET).claims(claims))
                .mount(template, mountPath);
    }

    /** Run a Deployment of one replica with the Recreate strategy on this claim, mounted at this directory. */
    public StatefulWorkload asSingleReplicaDeployment(Claim claim, String mountPath) {
        return storage(settings().storage().shape(Storage.Shape.DEPLOYMENT).claims(List.of(claim)))
                .program(program.mounts(Map.of()))
                .mount(claim, mountPath);
    }

    /** Run this program instead of the image's own. */
    public StatefulWorkload withCommand(String... argv) {
        return program(program.command(List.of(argv)));
    }

    /** Give the program these arguments. */
    public StatefulWorkload withArgs(String... argv) {
        return program(program.args(List.of(argv)));
    }

    /** Set a variable. */
    public StatefulWorkload withEnv(String variable, String value) {
        Map<String, String> env = merged(program.env(), Map.of(variable, value));
        return program(program.env(env));
    }

    /** Ask this program whether the server is ready, instead of connecting to the first port. */
    public StatefulWorkload withReadyCommand(String... argv) {
        if (argv.length == 0) {
            throw new IllegalArgumentException("ready command must name a program");
        }
        return program(program.readyCommand(List.of(argv)));
    }

    /**
     * Start the program under the lock that keeps a second one off the same volume. The image needs {@code sh} and
     * {@code flock}, and the command has to be given.
     */
    public StatefulWorkload withFence() {
        return program(program.fenced(true));
    }

    /** Return what it runs. */
    public Program program() {
        return program;
    }

    private StatefulWorkload mount(Claim claim, String path) {
        Checks.absolutePath(path, "mount path");
        if (program.mounts().containsKey(claim.name())) {
            throw new IllegalArgumentException(
                    "claims must have different names but two are '%s'".formatted(claim.name()));
        }
        Map<String, String> mounts = merged(program.mounts(), Map.of(claim.name(), path));
        return program(program.mounts(mounts));
    }

    private StatefulWorkload program(Program changed) {
        return new StatefulWorkload(settings(), changed);
    }

    @Override
    StatefulWorkload copy(Settings changed) {
        return new StatefulWorkload(changed, program);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof StatefulWorkload that && program.equals(that.program);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + program.hashCode();
    }
}
