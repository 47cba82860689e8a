package io.statefulkit.lint.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.lint.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordChecksTest {

    @ParameterizedTest
    @CsvSource({
        "MYSQL_PASSWORD, k8Jq2mVx7Rt4, true",
        "MYSQL_PASSWORD, $(APP_PASSWORD), false",
        "MYSQL_PASSWORD, $(APP_PASSWORD)x, true",
        "MYSQL_RANDOM_ROOT_PASSWORD, yes, false",
        "MYSQL_ALLOW_EMPTY_PASSWORD, yes, true"
    })
    void a_password_is_written_into_the_pod_only_if_it_is_there_itself(String name, String value, boolean written) {
        var rules = Lint.yaml("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: shop}
                        spec:
                          containers:
                            - name: mysql
                              image: mysql:8.4.6
                              env: [{name: %s, value: "%s"}]
                        """.formatted(name, value)).rules();

        assertThat(rules.contains(Rule.SEC01)).isEqualTo(written);
    }
}
