package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.node.log.ContainerLog;
import io.statefulkit.embedded.node.process.ContainerProcess;
import io.statefulkit.embedded.node.process.Launch;
import io.statefulkit.embedded.node.process.ProcessUser;
import io.statefulkit.embedded.node.process.Processes;
import io.statefulkit.embedded.node.process.Workspace;
import io.statefulkit.embedded.node.volume.ConfigException;
import io.statefulkit.embedded.node.volume.Environment;
import io.statefulkit.embedded.node.volume.Expansion;
import io.statefulkit.embedded.node.volume.Loopback;
import io.statefulkit.embedded.node.volume.PathMap;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a container: its files, its environment, its command line, its process. */
final class ContainerStart {

    // What a container runtime says before the words that matter; those who search for it find it here, too.
    private static final String RUNTIME =
            "failed to create containerd task: failed to create shim task: OCI runtime create"
                    + " failed: runc create failed: unable to start container process: error during container init: ";

    private final Services services;
    private final Pod pod;
    private final String podIp;
    private final Map<String, Path> volumes;
    private final Path directory;

    /** Takes the pod, and the directory that belongs to the container. */
    ContainerStart(Services services, Pod pod, String podIp, Map<String, Path> volumes, Path directory) {
        this.services = services;
        this.pod = pod;
        this.podIp = podIp;
        this.volumes = volumes;
        this.directory = directory;
    }

    /** Prepares a new instance, the given one counted from 0. */
    Instance start(Container container, Image image, int number) throws ConfigException, StartException, IOException {
        ContainerFiles files = new ContainerFiles(directory.resolve("r"));
        // Variables may be part of a subPathExpr, so they are read before and after the paths are known.
        Map<String, String> plain = environment(container, text -> text);
        new RootPolicy(pod, container).check(image);
        PathMap paths = files.lay(container, image, volumes, plain);
        ServiceNames names =
                new ServiceNames(services.api()::find, pod.getMetadata().getNamespace());
        Rewriting rewriting = new Rewriting(paths, new Loopback(podIp), names);
        String id = HexFormat.of().formatHex(random());
        Optional<ProcessUser> user = user(container);
        Map<String, String> variables = new LinkedHashMap<>();
        image.environment().forEach((name, value) -> variables.put(name, rewriting.apply(value)));
        variables.put("PATH", path(image));
        variables.put("HOME", files.root().toString());
        variables.put("TMPDIR", files.root().resolve("tmp").toString());
        variables.putAll(environment(container, rewriting));
        variables.replaceAll(names::variable);
        variables.putAll(own(container, files, id));
        List<String> command = command(container, image, rewriting, variables);
        Path log = log(number);
        Launch launch = new Launch(
                command,
                variables,
                workingDirectory(container, image, files, paths),
                user,
                log,
                Boolean.TRUE.equals(container.getStdin()),
                Boolean.TRUE.equals(container.getTty()),
                files.readOnly());
        Path words = paths.locate(ContainerFiles.terminationPath(container)).orElseThrow();
        Optional<ContainerProcess> process = Optional.empty();
        if (image.process()) {
            check(launch, container);
            process = Optional.of(services.processes().start(launch));
        }
        return new Instance(id, image, launch, process, new ContainerLog(log), rewriting, words, services.now());
    }

    private Map<String, String> environment(Container container, java.util.function.UnaryOperator<String> rewriting)
            throws ConfigException {
        return new Environment(pod, podIp, services.addresses().node(), services.config(), rewriting).of(container);
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private String path(Image image) {
        String machine =
                System.getenv().getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        Stream<Path> programs = Stream.concat(
                image.programs().stream(), Stream.of(services.workspace().programs()));
        return programs.map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + machine;
    }

    /** What the entrypoints of the images need to know. */
    private Map<String, String> own(Container container, ContainerFiles files, String id) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(Processes.MARKER, id);
        variables.put("STATEFULKIT_POD_IP", podIp);
        variables.put(Processes.ROOT, files.root().toString());
        variables.put(
                "STATEFULKIT_MOUNTS",
                container.getVolumeMounts().stream()
                        .map(VolumeMount::getMountPath)
                        .collect(Collectors.joining(":")));
        if (ProcessUser.jvmIsRoot()) {
            ProcessUser user = ProcessUser.unprivileged();
            variables.put("STATEFULKIT_UID", Integer.toString(user.uid()));
            variables.put("STATEFULKIT_GID", Integer.toString(user.gid()));
        }
        return variables;
    }

    private static List<String> command(
            Container container, Image image, Rewriting rewriting, Map<String, String> variables) {
        List<String> command = new ArrayList<>();
        List<String> given = container.getCommand() == null ? List.of() : container.getCommand();
        List<String> arguments = container.getArgs() == null ? List.of() : container.getArgs();
        if (given.isEmpty()) {
            command.addAll(image.entrypoint());
        }
        command.addAll(words(given, rewriting, variables));
        if (given.isEmpty() && arguments.isEmpty()) {
            command.addAll(image.command());
        }
        command.addAll(words(arguments, rewriting, variables));
        return command;
    }

    private static List<String> words(List<String> words, Rewriting rewriting, Map<String, String> variables) {
        return rewriting.words(
                words.stream().map(word -> Expansion.expand(word, variables)).toList());
    }

    private static Path workingDirectory(Container container, Image image, ContainerFiles files, PathMap paths)
            throws IOException {
        String given = container.getWorkingDir();
        String wanted = given == null || given.isEmpty() ? image.workingDirectory() : given;
        Path directory = paths.locate(wanted).orElse(files.root().resolve(wanted.replaceFirst("^/+", "")));
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            Workspace.allow(directory, "rwxrwxrwx");
        }
        return directory;
    }

    private Path log(int number) throws IOException {
        Path logs = directory.resolve("log");
        Files.createDirectories(logs);
        Path log = logs.resolve(number + ".log");
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        Workspace.allow(log, "rw-rw-rw-");
        return log;
    }

    /** All unprivileged containers run as one user of this machine, whatever number the pod names. */
    private Optional<ProcessUser> user(Container container) {
        if (!ProcessUser.jvmIsRoot()) {
            return Optional.empty();
        }
        return new RootPolicy(pod, container).unprivileged()
                ? Optional.of(ProcessUser.unprivileged())
                : Optional.empty();
    }

    private static void check(Launch launch, Container container) throws StartException {
        if (launch.command().isEmpty()) {
            throw new StartException("no command specified for container " + container.getName()
                    + ": neither the pod nor the image names one");
        }
        String program = launch.command().get(0);
        if (program.contains("/")) {
            Path file = launch.directory().resolve(program);
            if (!Files.exists(file)) {
                throw failed(program, "stat " + program + ": no such file or directory");
            }
            if (!Files.isExecutable(file) || Files.isDirectory(file)) {
                throw failed(program, "permission denied");
            }
            return;
        }
        for (String place : launch.environment().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path file = Path.of(place, program);
            if (!place.isEmpty() && Files.isExecutable(file) && !Files.isDirectory(file)) {
                return;
            }
        }
        throw failed(program, "executable file not found in $PATH");
    }

    private static StartException failed(String program, String why) {
        return new StartException(RUNTIME + "exec: \"" + program + "\": " + why);
    }
}
