package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.image.BareImages;
import org.junit.jupiter.api.Test;

class BarePostgresIT {

    @Test
    void a_server_from_the_class_path_works_without_any_installed_client() {
        NodeOptions options = NodeOptions.named("node").withImages(BareImages.catalog());
        try (RunningNode node = new RunningNode(options)) {
            node.create("bare", """
                    {'securityContext':{'runAsUser':999,'runAsNonRoot':true,'fsGroup':999},
                     'containers':[{'name':'postgres','image':'postgres:15',
                      'env':[{'name':'POSTGRES_PASSWORD','value':'secret'},{'name':'POSTGRES_DB','value':'orders'},
                       {'name':'POSTGRES_INITDB_ARGS','value':'--auth-host=scram-sha-256 --auth-local=trust'}],
                      'readinessProbe':{'exec':{'command':['pg_isready','-q','-h','127.0.0.1']},
                       'periodSeconds':1,'timeoutSeconds':20,'failureThreshold':60}}]}
                    """);
            node.awaitReady("bare");

            String psql = "psql -XqAt -v ON_ERROR_STOP=1 -U postgres -d orders -c ";
            assertThat(node.exec("bare", "sh", "-c", psql + "'create table t(i int); insert into t values (42)'")
                            .exitCode())
                    .isZero();
            assertThat(node.exec("bare", "sh", "-c", psql + "'select i from t'").out())
                    .isEqualTo("42\n");
            assertThat(node.exec(
                                    "bare",
                                    "sh",
                                    "-c",
                                    "PGPASSWORD=secret psql -h localhost -U postgres orders -Atc 'select 1'")
                            .out())
                    .isEqualTo("1\n");
            RunningNode.Collected wrong = node.exec(
                    "bare", "sh", "-c", "PGPASSWORD=wrong psql -h localhost -U postgres orders -c 'select 1'");
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.err()).contains("password authentication failed");
        }
    }
}
