package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.handle.HandleStatus;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.handle.pod.RolloutResult;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.handle.pod.Undeployed;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.testing.SharedCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.NoSuchElementException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** One server for all tests of this class: each leaves it ready and with its data. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class PostgresHandleIT {

    private final StatefulKit kit = SharedCluster.kit("handle");
    private PostgresHandle db;

    @BeforeAll
    void deploy_a_server_with_a_row() throws SQLException {
        db = kit.deploy(StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withDatabase("shop")
                .withVolumeClaimTemplate("1Gi"));
        try (JdbcForward forward = db.forwardJdbc()) {
            execute(forward.dataSource(), "create table parts (id int primary key, name text)");
            execute(forward.dataSource(), "insert into parts values (1, 'bolt')");
        }
    }

    @Test
    void a_deployed_server_is_ready_and_says_what_it_consists_of() {
        HandleStatus status = db.status();

        assertThat(status.ready()).as(status.toString()).isTrue();
        assertThat(status.pods()).extracting(HandleStatus.PodInfo::name).containsExactly("orders-0");
        assertThat(status.claims())
                .extracting(HandleStatus.ClaimInfo::name, HandleStatus.ClaimInfo::phase)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("data-orders-0", "Bound"));
        assertThat(db.diagnose().troubles()).isEmpty();
        assertThat(db.dataMount().claim()).isEqualTo("data-orders-0");
        assertThat(db.dataMount().path()).isEqualTo("/var/lib/postgresql/data");
        assertThat(db.inClusterUrl()).isEqualTo("jdbc:postgresql://orders." + db.namespace() + ".svc:5432/shop");
    }

    @Test
    void deleting_a_pod_brings_another_one_with_the_same_data() throws SQLException {
        HandleStatus before = db.status();

        Replacement replacement = db.deletePod(0).awaitReplacement();

        assertThat(replacement.oldUid()).isEqualTo(before.pods().get(0).uid());
        assertThat(replacement.newPod()).isEqualTo("orders-0");
        HandleStatus after = db.status();
        assertThat(after.pods().get(0).uid()).isEqualTo(replacement.newUid()).isNotEqualTo(replacement.oldUid());
        assertThat(after.pods().get(0).ready()).isTrue();
        assertThat(after.claims())
                .extracting(HandleStatus.ClaimInfo::uid)
                .isEqualTo(before.claims().stream()
                        .map(HandleStatus.ClaimInfo::uid)
                        .toList());
        assertThat(parts()).containsExactly("bolt");
    }

    @Test
    void a_forward_survives_the_replacement_of_the_pod() throws SQLException {
        try (JdbcForward forward = db.forwardJdbc()) {
            DataSource source = forward.dataSource();
            assertThat(parts(source)).containsExactly("bolt");
            String url = forward.url();

            try (Connection open = source.getConnection()) {
                db.deletePod(0).awaitReplacement();
                assertThatThrownBy(() -> query(open)).isInstanceOf(SQLException.class);
            }

            assertThat(parts(source)).containsExactly("bolt");
            assertThat(forward.url()).isEqualTo(url);
        }
    }

    @Test
    void a_rollout_replaces_the_pod_and_makes_a_new_revision() throws SQLException {
        String before = db.status().pods().get(0).uid();

        RolloutResult result = db.rolloutRestart().await();

        assertThat(result.oldUids()).containsEntry("orders-0", before);
        assertThat(result.newUids().get("orders-0")).isNotEqualTo(before);
        assertThat(result.revision()).startsWith("orders-");
        assertThat(db.status().ready()).isTrue();
        assertThat(parts()).containsExactly("bolt");
    }

    @Test
    void scaling_to_zero_and_back_keeps_the_volume() throws SQLException {
        List<HandleStatus.ClaimInfo> claims = db.status().claims();

        assertThat(db.scale(0).await().newUids()).isEmpty();
        assertThat(db.status().pods()).isEmpty();
        assertThat(db.scale(1).await().newUids()).containsOnlyKeys("orders-0");

        assertThat(db.status().claims()).isEqualTo(claims);
        assertThat(parts()).containsExactly("bolt");
    }

    @Test
    void a_command_returns_its_exit_code_and_both_streams() {
        ExecResult result = db.exec("sh", "-c", "echo out; echo err >&2; exit 7");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
    }

    @Test
    void logs_can_be_read() {
        assertThat(db.logs().text()).contains("database system is ready to accept connections");
        assertThat(db.logs().tail(1).lines()).hasSize(1);
    }

    @Test
    void deploying_the_same_again_changes_nothing() {
        String before = db.status().pods().get(0).uid();

        kit.deploy(StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withDatabase("shop")
                .withVolumeClaimTemplate("1Gi"));

        assertThat(db.status().pods().get(0).uid()).isEqualTo(before);
    }

    @Test
    void what_another_process_deployed_can_be_found_by_its_name() throws SQLException {
        PostgresHandle found = kit.attach("orders");

        assertThat(found.status().ready()).isTrue();
        try (JdbcForward forward = found.forwardJdbc()) {
            assertThat(parts(forward.dataSource())).containsExactly("bolt");
        }
        assertThatThrownBy(() -> kit.attach("nobody"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("expected a StatefulSet " + kit.namespace() + "/nobody");
    }

    @Test
    void a_pod_that_does_not_exist_cannot_be_deleted() {
        assertThatThrownBy(() -> db.deletePod(5).awaitReplacement())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a pod 5 of StatefulSet")
                .hasMessageContaining("only orders-0");
    }

    @Test
    void undeployed_data_is_found_again_by_the_next_deployment() throws SQLException {
        StatefulPostgres spec =
                StatefulPostgres.named("kept").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");
        PostgresHandle first = kit.deploy(spec);
        try (JdbcForward forward = first.forwardJdbc()) {
            execute(forward.dataSource(), "create table parts (id int primary key, name text)");
            execute(forward.dataSource(), "insert into parts values (1, 'nut')");
        }

        first.undeploy(Undeploy.RETAIN);

        PostgresHandle second = kit.deploy(spec);
        try (JdbcForward forward = second.forwardJdbc()) {
            assertThat(parts(forward.dataSource())).containsExactly("nut");
        }
        assertThatThrownBy(() -> second.undeploy(Undeploy.DELETE_DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("undeploy(DELETE_DATA, \"kept\")");
        assertThat(second.undeploy(Undeploy.DELETE_DATA, "kept"))
                .isEqualTo(new Undeployed(List.of("data-kept-0"), List.of()));
        assertThat(SharedCluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(kit.namespace())
                        .withName("data-kept-0")
                        .get())
                .isNull();
        assertThat(SharedCluster.client()
                        .secrets()
                        .inNamespace(kit.namespace())
                        .withName("kept-credentials")
                        .get())
                .isNull();
    }

    private List<String> parts() throws SQLException {
        try (JdbcForward forward = db.forwardJdbc()) {
            return parts(forward.dataSource());
        }
    }

    private static List<String> parts(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return query(connection);
        }
    }

    private static List<String> query(Connection connection) throws SQLException {
        List<String> names = new java.util.ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name from parts order by id")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
