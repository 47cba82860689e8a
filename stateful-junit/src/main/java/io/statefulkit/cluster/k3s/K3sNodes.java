package io.statefulkit.cluster.k3s;

import com.github.dockerjava.api.model.HostConfig;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.Reuse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.SelinuxContext;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * The containers of a cluster.
 *
 * @param server the first, which has the API server
 * @param agents the others
 * @param network the network between them, when there are others
 * @param log the end of what the server writes
 */
record K3sNodes(K3sContainer server, List<GenericContainer<?>> agents, Optional<Network> network, K3sLog log) {

    private static final Logger LOG = LoggerFactory.getLogger(K3sNodes.class);
    private static final String SERVER = "server";

    /** Makes them without starting them. */
    static K3sNodes of(ClusterSettings settings, K3sEngine engine, K3sCgroups cgroups) {
        DockerImageName image = DockerImageName.parse(settings.k3s().image()).asCompatibleSubstituteFor("rancher/k3s");
        Optional<String> registries = K3sRegistries.yaml(
                settings.k3s().mirrors(),
                TestcontainersConfiguration.getInstance().getEnvVarOrProperty("hub.image.name.prefix", ""));
        K3sLog log = new K3sLog();
        K3sContainer server = new K3sContainer(image);
        List<String> names = new ArrayList<>(List.of(server.getHost()));
        Optional<Network> network = settings.nodes() == 1 ? Optional.empty() : Optional.of(Network.newNetwork());
        String token = UUID.randomUUID().toString();
        network.ifPresent(shared -> {
            server.withNetwork(shared).withNetworkAliases(SERVER).withEnv("K3S_TOKEN", token);
            names.add(SERVER);
        });
        server.withCommand(K3sCommand.server(settings.k3s().image(), names, engine.isCgroup1()));
        server.waitingFor(new K3sReady()).withStartupTimeout(settings.startTimeout());
        server.withLogConsumer(log).withReuse(settings.reuse() == Reuse.ACROSS_RUNS && settings.nodes() == 1);
        List<GenericContainer<?>> agents = new ArrayList<>();
        for (int i = 1; i < settings.nodes(); i++) {
            agents.add(agent(image, network.orElseThrow(), token, settings, engine));
        }
        Stream.concat(Stream.of(server), agents.stream()).forEach(node -> {
            see(node, cgroups);
            registries.ifPresent(yaml -> node.withCopyToContainer(Transferable.of(yaml), K3sRegistries.FILE));
            settings.k3s().preload().stream()
                    .filter(K3sImages::isArchive)
                    .map(Path::of)
                    .forEach(archive -> node.withCopyFileToContainer(
                            MountableFile.forHostPath(archive), K3sImages.placeOf(archive)));
        });
        return new K3sNodes(server, List.copyOf(agents), network, log);
    }

    private static GenericContainer<?> agent(
            DockerImageName image, Network network, String token, ClusterSettings settings, K3sEngine engine) {
        GenericContainer<?> agent = new GenericContainer<>(image);
        agent.withPrivilegedMode(true);
        agent.withTmpFs(Map.of("/run", "", "/var/run", ""));
        agent.withNetwork(network);
        agent.withEnv("K3S_TOKEN", token);
        agent.withEnv("K3S_URL", "https://" + SERVER + ":6443");
        agent.withCommand(K3sCommand.agent(settings.k3s().image(), engine.isCgroup1()));
        return agent;
    }

    /** Says which cgroups a node sees; what another one said before does not count any more. */
    private static void see(GenericContainer<?> node, K3sCgroups cgroups) {
        boolean isOwn = cgroups == K3sCgroups.ITS_OWN;
        node.setBinds(new ArrayList<>());
        if (!isOwn) {
            // Not to be relabelled: on machines with SELinux, cgroups cannot be, and a privileged container needs no
            // label.
            node.addFileSystemBind("/sys/fs/cgroup", "/sys/fs/cgroup", BindMode.READ_WRITE, SelinuxContext.NONE);
        }
        node.withCreateContainerCmdModifier(
                command -> Objects.requireNonNullElseGet(command.getHostConfig(), HostConfig::new)
                        .withCgroupnsMode(isOwn ? "private" : "host"));
    }

    /** Starts them all. The agents join on their own; that they have, their nodes tell. */
    void start() {
        server.start();
        agents.forEach(GenericContainer::start);
    }

    List<K3sNode> all() {
        return Stream.concat(Stream.of(new K3sNode(server)), agents.stream().map(K3sNode::new))
                .toList();
    }

    /** Kills the main process of a container, on the node where it runs. */
    void kill(String namespace, String pod, String container) {
        List<String> found = new ArrayList<>();
        for (K3sNode node : all()) {
            for (String id :
                    node.run(K3sCommand.find(namespace, pod, container)).strip().split("\\s+", -1)) {
                if (!id.isEmpty()) {
                    found.add(id);
                    String unused = node.run(K3sCommand.kill(id));
                }
            }
        }
        if (found.size() != 1) {
            throw new IllegalStateException("expected one running container " + container + " of pod " + namespace + "/"
                    + pod + ", found: " + (found.isEmpty() ? "none" : String.join(", ", found)));
        }
    }

    /** Ends and removes them. What goes wrong is left to Testcontainers, which removes what a run leaves behind. */
    void stop() {
        Stream.<AutoCloseable>concat(Stream.concat(agents.stream(), Stream.of(server)), network.stream())
                .forEach(part -> {
                    try {
                        part.close();
                    } catch (Exception e) {
                        LOG.debug("not removed: {}", part, e);
                    }
                });
    }
}
