package io.statefulkit.cluster.engine;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.statefulkit.cluster.engine.FakeEngine.Answer;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A k3s whose containers are not there, and whose API server is an embedded one. */
public final class K3sOnFakeEngine implements AutoCloseable {

    private final FakeEngine engine;
    private final Path home;

    /**
     * One with a home directory for who uses it.
     *
     * @param behind the cluster behind the API servers of all its containers, see {@link #behind}
     */
    public K3sOnFakeEngine(EmbeddedCluster behind, Path home) throws IOException {
        this.home = home;
        String kubeconfig = Files.readString(behind.kubeconfig());
        int port = Integer.parseInt(kubeconfig.replaceAll("(?s).*server: \\S+:(\\d+).*", "$1"));
        engine = new FakeEngine(kubeconfig.replace("statefulkit-embedded", "default"), port, this::answer);
    }

    /** A cluster that looks as if it were k3s. */
    public static EmbeddedCluster behind() {
        EmbeddedCluster behind =
                EmbeddedCluster.start(EmbeddedOptions.defaults().withNodes(2));
        behind.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("local-path-provisioner-1")
                        .withNamespace("kube-system")
                        .addToLabels("app", "local-path-provisioner")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("pause")
                        .withImage("registry.k8s.io/pause:3.10")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        return behind;
    }

    /** Who looks for a container of a pod named ill makes its node crash. */
    private Answer answer(String container, List<String> argv) {
        if (argv.contains("io.kubernetes.pod.name=ill")) {
            engine.crash(container);
        }
        return switch (String.join(" ", argv.subList(0, 2))) {
            case "crictl ps" -> new Answer(0, "f00\n");
            case "crictl images" -> new Answer(0, "sha256:" + Integer.toHexString("known:1".hashCode()) + "\n");
            default -> new Answer(0, "ok\n");
        };
    }

    /** The engine. */
    public FakeEngine engine() {
        return engine;
    }

    /**
     * Runs {@link K3sMain} in a JVM of its own and returns what it said.
     *
     * @param classPath its class path, see {@link #classPath}
     * @param reuses whether clusters are used again as well
     */
    public String run(String classPath, boolean reuses) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.home=" + home,
                "-cp",
                classPath,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.io.statefulkit.cluster.choice.ClusterRegistry=info",
                K3sMain.class.getName(),
                "" + reuses));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DOCKER_HOST", engine.address());
        builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
        builder.environment().put("TESTCONTAINERS_CHECKS_DISABLE", "true");
        builder.environment().put("TESTCONTAINERS_REUSE_ENABLE", "true");
        builder.environment().put("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", "hub.example/proxy/");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return output;
    }

    /** The class path of this JVM. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The same with the Testcontainers of this directory instead. */
    public static String classPath(Path testcontainers) {
        Stream<String> others = Pattern.compile(File.pathSeparator)
                .splitAsStream(classPath())
                .filter(entry ->
                        !entry.matches(".*[/\\\\](testcontainers|k3s|docker-java[a-z-]*|junit)-\\d[^/\\\\]*\\.jar"));
        return Stream.concat(Stream.of(testcontainers + File.separator + "*"), others)
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public void close() {
        engine.close();
    }
}
