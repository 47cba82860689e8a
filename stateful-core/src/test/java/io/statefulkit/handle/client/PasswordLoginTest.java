package io.statefulkit.handle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.place.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures of a login are an answer about the password, and which say nothing of it. */
class PasswordLoginTest {

    private static final Login LOGIN = new Login("app", "secret", "shop");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "psql: error: connection to server at \"10.0.0.7\", port 5432 failed: FATAL:  password authentication failed"
                        + " for user \"app\"",
                "psql: error: FATAL:  no pg_hba.conf entry for host \"10.0.0.9\", user \"app\", database \"shop\"",
                "psql: error: FATAL:  no pg_hba.conf entry for host \"10.0.0.9\", user \"app\", database \"shop\", SSL off",
                "psql: error: could not connect to server: FATAL:  password authentication failed for user \"app\"",
                "psql: error: could not connect to server: FATAL:  Passwort-Authentifizierung fehlgeschlagen",
                "psql: error: FATAL:  Passwort-Authentifizierung fehlgeschlagen"
            })
    void what_postgres_says_of_us_is_a_refusal(String said) {
        assertThat(PostgresLogin.refused(failed(2, said))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "psql: error: connection to server at \"10.0.0.7\", port 5432 failed: Connection refused",
                "psql: error: connection to server at \"10.0.0.7\", port 5432 failed: timeout expired",
                "psql: error: could not connect to server: Connection refused",
                "psql: error: could not translate host name \"orders\" to address: Name or service not known",
                "psql: error: FATAL:  sorry, too many clients already",
                "psql: error: FATAL:  the database system is starting up",
                "psql: error: FATAL:  the database system is shutting down",
                "psql: error: server closed the connection unexpectedly",
                "psql: error: FATAL:  database \"shop\" does not exist",
                "psql: error: FATAL:  database \"shop\" is not currently accepting connections",
                "psql: error: FATAL:  cannot connect to invalid database \"shop\"",
                "psql: error: could not connect to server: FATAL:  could not open file \"global/pg_filenode.map\": No such"
                        + " file or directory"
            })
    void a_postgres_that_has_not_judged_us_has_not_refused_us(String said) {
        assertThat(PostgresLogin.refused(failed(2, said))).isFalse();
    }

    @Test
    void a_client_that_was_killed_says_nothing() {
        assertThat(PostgresLogin.refused(failed(137, ""))).isFalse();
        assertThat(MySqlClient.refused(failed(137, ""))).isFalse();
        assertThat(RedisClient.refused(failed(137, ""))).isFalse();
    }

    @Test
    void mysql_and_redis_are_told_by_their_own_codes() {
        assertThat(MySqlClient.refused(failed(1, "ERROR 1045 (28000): Access denied for user 'app'@'10.0.0.9'")))
                .isTrue();
        assertThat(MySqlClient.refused(failed(1, "ERROR 2002 (HY000): Can't connect to server on '10.0.0.7' (115)")))
                .isFalse();
        assertThat(MySqlClient.refused(failed(1, "ERROR 1040 (HY000): Too many connections")))
                .isFalse();
        assertThat(RedisClient.refused(failed(
                        1,
                        "AUTH failed: WRONGPASS invalid username-password pair or user is"
                                + " disabled.\nNOAUTH Authentication required.")))
                .isTrue();
        assertThat(RedisClient.refused(failed(1, "Could not connect to Redis at 10.0.0.7:6379: Connection refused")))
                .isFalse();
        assertThat(RedisClient.refused(failed(1, "LOADING Redis is loading the dataset in memory")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH failed: ERR invalid password\nNOAUTH Authentication required.",
                "AUTH failed: ERR Client sent AUTH, but no password is set\nPONG",
                "Warning: AUTH failed\nPONG",
                "Warning: AUTH failed\n(error) NOAUTH Authentication required."
            })
    void a_redis_before_6_refuses_in_words_of_its_own(String said) {
        assertThat(RedisClient.refused(failed(1, said))).isTrue();
    }

    @Test
    void a_redis_that_has_no_connection_left_has_not_judged_us() {
        assertThat(RedisClient.refused(failed(1, "AUTH failed: ERR max number of clients reached")))
                .isFalse();
    }

    @Test
    void only_a_refusal_is_told_as_one() {
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
            PasswordLogin login = new PasswordLogin(
                    new Server(place(client), "postgres"),
                    "PGPASSWORD",
                    "psql",
                    result -> result.stderr().equals("refused"));

            assertThatThrownBy(() -> login.check(LOGIN, failed(2, "refused")))
                    .isInstanceOf(LoginRefusedException.class);
            assertThatThrownBy(() -> login.check(LOGIN, failed(2, "away")))
                    .isInstanceOf(ExecException.class)
                    .hasMessageContaining("away");
            assertThatNoException().isThrownBy(() -> login.check(LOGIN, failed(PasswordLogin.NOT_FOUND, "")));
            assertThat(login.opens(failed(2, "refused"))).isFalse();
            assertThat(login.opens(failed(0, ""))).isTrue();
            assertThatThrownBy(() -> login.opens(failed(2, "away")))
                    .as("the old password is not taken for refused because nobody was there")
                    .isInstanceOf(ExecException.class);
        }
    }

    private static ExecResult failed(int code, String stderr) {
        return new ExecResult(List.of("sh"), code, "", stderr);
    }

    private static Place place(KubernetesClient client) {
        return new Place(
                client,
                WorkloadRef.statefulSet("shop", "orders"),
                Map.of(),
                new Waiting(client, Patience.defaults(), ProgressListener.none()),
                Optional.empty());
    }
}
