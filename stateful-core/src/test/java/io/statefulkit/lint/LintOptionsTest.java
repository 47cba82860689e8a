package io.statefulkit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.lint.check.Lint;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintOptionsTest {

    @ParameterizedTest
    @CsvSource({"1.35,true", "1.35.3,true", "v1.35.0+k3s1,true", "1.35.4,false", "1.34,false", "1.36.2,false"})
    void what_only_some_versions_get_wrong_is_a_finding_for_those_only(String version, boolean found) {
        String several = Rule.LC12
                .text()
                .bad()
                .replace(
                        "podManagementPolicy: Parallel",
                        "updateStrategy:" + " {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}");

        assertThat(several).contains("maxUnavailable");
        assertThat(Lint.yaml(several).rules()).contains(Rule.LC12);
        assertThat(Lint.yaml(several, LintOptions.defaults().kubernetes(version))
                        .rules()
                        .contains(Rule.LC12))
                .isEqualTo(found);
    }

    @Test
    void strict_options_refuse_what_is_only_a_warning() {
        StatefulPostgres movingTag =
                StatefulPostgres.named("orders").withImage("postgres:17").withVolumeClaimTemplate("1Gi");

        assertThat(Plan.of(movingTag, LintOptions.defaults().kubernetes("1.36"))
                        .lint()
                        .rules())
                .contains(Rule.IMG03);
        assertThatThrownBy(() -> Plan.of(movingTag, LintOptions.defaults().strict()))
                .hasMessageContaining("IMG03");
    }

    @Test
    void a_version_that_is_none_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LintOptions.defaults().kubernetes("latest"))
                .withMessageContaining("kubernetes version must be a version like 1.36 or 1.35.2 but was 'latest'");
    }
}
