package io.statefulkit.lint.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.lint.Rule;
import org.junit.jupiter.api.Test;

class IdentityChecksTest {

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              selector: %s
              template:
                metadata:
                  labels: {app: web}
                spec:
                  containers:
                    - name: web
                      image: nginx:1.29.1
            """;

    @Test
    void a_selector_of_expressions_only_is_not_said_to_match_nothing() {
        assertThat(Lint.yaml(DEPLOYMENT.formatted("{matchExpressions: [{key: app, operator: In, values: [web, www]}]}"))
                        .rules())
                .doesNotContain(Rule.ID03);
    }

    @Test
    void an_empty_selector_and_one_of_other_labels_match_nothing() {
        assertThat(Lint.yaml(DEPLOYMENT.formatted("{}")).rules()).contains(Rule.ID03);
        assertThat(Lint.yaml(DEPLOYMENT.formatted("{matchLabels: {app: db}}")).rules())
                .contains(Rule.ID03);
    }
}
