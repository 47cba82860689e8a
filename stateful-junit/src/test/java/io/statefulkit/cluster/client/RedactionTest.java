package io.statefulkit.cluster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final String PASSWORD = "it's \"p@ss\"/1";

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Redaction of(String key, String value) {
        return Redaction.of(
                List.of(new SecretBuilder().addToData(key, base64(value)).build()), List.of());
    }

    static Stream<String> forms() {
        return Stream.of(
                PASSWORD,
                base64(PASSWORD),
                base64("postgres:" + PASSWORD),
                base64("x" + PASSWORD + "\n"),
                base64("xy" + PASSWORD),
                base64("x" + PASSWORD).replace('+', '-').replace('/', '_'),
                "jdbc:postgresql://h/db?password=it%27s+%22p%40ss%22%2F1",
                "postgres://u:it%27s%20%22p%40ss%22%2F1@h/db",
                "{\"password\":\"it's \\\"p@ss\\\"/1\"}",
                "password: 'it''s \"p@ss\"/1'",
                "psql --password='it'\\''s \"p@ss\"/1'");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_secret_is_taken_out_in_each_form_in_which_programs_write_it(String text) {
        String clean = of("password", PASSWORD).clean("before " + text + " after");

        assertThat(clean).startsWith("before ").contains("(redacted)").endsWith(" after");
        assertThat(clean).doesNotContain("p@ss", "p%40ss", "cHBAc", "cEBzcy", "wQHNzI");
    }

    @Test
    void keys_that_do_not_look_like_secrets_hold_some_as_well_unless_they_are_names() {
        assertThat(of("dsn", "mysql://u:p@h").clean("dsn mysql://u:p@h")).isEqualTo("dsn (redacted)");
        assertThat(of("POSTGRES_USER", "postgres").clean("postgres is ready")).isEqualTo("postgres is ready");
        assertThat(of("tls.crt", "certificate").clean("a certificate")).isEqualTo("a certificate");
        assertThat(of("tls.key", "-----BEGIN KEY-----\nMIIEvAIBADANBg\nshort\n").clean("read MIIEvAIBADANBg, short"))
                .isEqualTo("read (redacted), short");
    }

    @Test
    void short_values_are_words_of_their_own_elsewhere() {
        assertThat(of("password", "abc").clean("abcdef " + base64("abc"))).isEqualTo("abcdef " + base64("abc"));
    }

    @Test
    void the_longest_is_taken_out_first() {
        Redaction both = Redaction.of(List.of(), List.of("hunter2", "hunter2-and-more"));

        assertThat(both.clean("hunter2-and-more, hunter2")).isEqualTo("(redacted), (redacted)");
    }

    @Test
    void nothing_hides_nothing() {
        assertThat(Redaction.of(List.of(new SecretBuilder().build()), List.of()).clean("text"))
                .isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGPASSWORD", "apiToken", "AWS_SECRET_ACCESS_KEY", "ssh-privatekey", "key.pem", "tls.key"})
    void names_of_what_holds_secrets_are_told_from_others(String name) {
        assertThat(Redaction.isSensitive(name)).isTrue();
        assertThat(Redaction.isSensitive("PGDATA")).isFalse();
    }
}
