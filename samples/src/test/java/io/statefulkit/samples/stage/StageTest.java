package io.statefulkit.samples.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.StatefulKit;
import io.statefulkit.lint.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StageTest {

    /** Of no cluster, whatever kubeconfig this machine has. */
    private final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(Config.empty()).build();

    private final List<String> lines = new ArrayList<>();
    private final Stage stage = new Stage(StatefulKit.on(client).inNamespace("here"), new Ground(client), lines::add);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void what_holds_is_told_and_what_does_not_fails() {
        stage.check("rows", 2, 2);

        assertThat(lines).containsExactly("   ok: rows (2)");
        assertThatThrownBy(() -> stage.check("rows", 2, 1))
                .isInstanceOf(StoryFailedException.class)
                .hasMessage("rows: expected 2, seen 1");
    }

    @Test
    void a_refusal_is_told_in_its_words_and_another_failure_is_none() {
        IllegalStateException refusal = stage.refused("it", IllegalStateException.class, () -> {
            throw new IllegalStateException("no\nreally");
        });

        assertThat(refusal).hasMessage("no\nreally");
        assertThat(lines).containsExactly("   no", "   really", "   ok: it is refused");
        assertThatThrownBy(() -> stage.refused("it", IllegalStateException.class, () -> {
                    throw new IllegalArgumentException("else");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stage.refused("it", IllegalStateException.class, () -> {}))
                .isInstanceOf(StoryFailedException.class)
                .hasMessage("it: expected a refusal, but nobody objects");
    }

    @Test
    void what_was_written_by_hand_is_judged_by_each_rule_that_is_named() {
        String yaml = """
            apiVersion: v1
            kind: Secret
            metadata: {name: login}
            stringData: {POSTGRES_PASSWORD: tea4two}
            """;

        stage.judge(yaml, Rule.SEC05);

        assertThat(lines).last().isEqualTo("   ok: rules that find it ([SEC05])");
        assertThatThrownBy(() -> stage.judge(yaml, Rule.ST01, Rule.SEC05))
                .hasMessage("rules that find it: expected [ST01, SEC05], seen [SEC05]");
    }
}
