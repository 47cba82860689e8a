package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.statefulkit.embedded.Faults;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.internal.Base64Text;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.testing.SharedCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two real servers meet on one volume: a pod is deleted by force, its server has not ended yet, and the replacement is
 * there already. Counts the commits that a server acknowledged and that are gone afterwards.
 */
@Timeout(600)
class FenceIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String WHY = "a server goes on after its pod is gone, as on a node that is cut off";

    private static final StatefulPostgres SPEC =
            StatefulPostgres.named("ledger").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");

    private final StatefulKit kit = SharedCluster.kit("fence");

    @Test
    void with_the_fence_no_acknowledged_commit_is_lost() throws SQLException {
        Faults faults = SharedCluster.faults(WHY);
        PostgresHandle db = kit.deploy(SPEC);
        Set<Integer> acknowledged = new TreeSet<>();
        String replacement;

        Pod first = pod().orElseThrow();
        try (Connection client = connect(first);
                Faults.Hold hold = deleteByForce(first, faults)) {
            create(client);
            acknowledged.addAll(commit(client, 1, 20));
            await().atMost(LIMIT)
                    .until(() -> replacementOf(first).isPresent()
                            && log().contains("waiting: another pod still uses this volume"));
            replacement = pod().orElseThrow().getMetadata().getUid();
            acknowledged.addAll(commit(client, 21, 40));

            assertThat(log()).doesNotContain("ready to accept connections");
            hold.release();
        }

        Pod second = awaitReady(replacement);
        assertThat(acknowledged).hasSize(40);
        assertThat(lost(acknowledged, second)).isEmpty();
        assertThat(db.logs().text()).contains("ready to accept connections");
    }

    @Test
    void without_the_fence_commits_are_lost_that_were_acknowledged() throws SQLException {
        Faults faults = SharedCluster.faults(WHY);
        assumeThat(isolation())
                .as("This machine gives containers no pid namespaces, as pods have them: PostgreSQL's own lock works"
                        + " here, and nothing can be lost.")
                .isNotEqualTo("none");
        kit.deploy(SPEC.withoutFence("shows what it is for"));
        Set<Integer> before = new TreeSet<>();
        Set<Integer> meanwhile = new TreeSet<>();
        Pod second;

        Pod first = pod().orElseThrow();
        try (Connection client = connect(first);
                Faults.Hold hold = deleteByForce(first, faults)) {
            create(client);
            before.addAll(commit(client, 1, 20));
            await().atMost(LIMIT).until(() -> replacementOf(first).isPresent());
            second = awaitReady(pod().orElseThrow().getMetadata().getUid());
            try (Connection other = connect(second)) {
                before.addAll(commit(other, 1001, 1020));
            }
            meanwhile.addAll(commit(client, 21, 40));
            hold.release();
        }

        assertThat(meanwhile).as("acknowledged by the first server").hasSize(20);
        assertThat(lost(meanwhile, second)).as("lost").isEqualTo(meanwhile);
        assertThat(lost(before, second)).as("lost of what only one server did").isEmpty();
    }

    /** Deletes the object at once; its server goes on until the result is released, as on a node that is cut off. */
    private Faults.Hold deleteByForce(Pod pod, Faults faults) {
        Faults.Hold hold = faults.hold(kit.namespace(), pod.getMetadata().getName());
        SharedCluster.client().resource(pod).withGracePeriod(0).delete();
        return hold;
    }

    private Optional<Pod> pod() {
        return Optional.ofNullable(SharedCluster.client()
                .pods()
                .inNamespace(kit.namespace())
                .withName("ledger-0")
                .get());
    }

    private Optional<Pod> replacementOf(Pod first) {
        String uid = first.getMetadata().getUid();
        return pod().filter(pod -> !uid.equals(pod.getMetadata().getUid()))
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()));
    }

    private Pod awaitReady(String uid) {
        return await().atMost(LIMIT)
                .until(
                        () -> pod().filter(pod -> uid.equals(pod.getMetadata().getUid()))
                                .filter(Readiness::isPodReady),
                        Optional::isPresent)
                .orElseThrow();
    }

    private String log() {
        return SharedCluster.client()
                .pods()
                .inNamespace(kit.namespace())
                .withName("ledger-0")
                .getLog();
    }

    /** Connects to the server itself: a forwarded connection, or one of a Service, would end with the pod's object. */
    private Connection connect(Pod pod) throws SQLException {
        Properties login = new Properties();
        var secret = SharedCluster.client()
                .secrets()
                .inNamespace(kit.namespace())
                .withName("ledger-credentials")
                .get()
                .getData();
        login.setProperty("user", Base64Text.decode(secret.getOrDefault("username", "")));
        login.setProperty("password", Base64Text.decode(secret.getOrDefault("password", "")));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + pod.getStatus().getPodIP() + ":5432/postgres", login);
    }

    private static void create(Connection client) throws SQLException {
        try (Statement statement = client.createStatement()) {
            statement.execute("create table entry(id int primary key)");
        }
    }

    /** Writes each number in a transaction of its own, and returns those that the server acknowledged. */
    private static Set<Integer> commit(Connection client, int from, int to) throws SQLException {
        Set<Integer> acknowledged = new TreeSet<>();
        try (PreparedStatement insert = client.prepareStatement("insert into entry values (?)")) {
            for (int id : IntStream.rangeClosed(from, to).toArray()) {
                insert.setInt(1, id);
                insert.executeUpdate();
                acknowledged.add(id);
            }
        }
        return acknowledged;
    }

    private Set<Integer> lost(Set<Integer> acknowledged, Pod server) throws SQLException {
        Set<Integer> lost = new TreeSet<>(acknowledged);
        try (Connection client = connect(server);
                Statement statement = client.createStatement();
                ResultSet rows = statement.executeQuery("select id from entry")) {
            while (rows.next()) {
                lost.remove(rows.getInt(1));
            }
        }
        return lost;
    }

    private static String isolation() {
        return SharedCluster.client().nodes().list().getItems().stream()
                .map(node -> node.getMetadata().getLabels().getOrDefault("statefulkit.io/isolation", "none"))
                .findFirst()
                .orElse("none");
    }
}
