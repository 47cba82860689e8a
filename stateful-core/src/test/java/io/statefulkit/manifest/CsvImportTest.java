package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.job.CsvImport;
import org.junit.jupiter.api.Test;

class CsvImportTest {

    private static final StatefulMySql SHOP =
            StatefulMySql.named("shop").withImage("mysql:8.4.6").withVolumeClaimTemplate("10Gi");

    @Test
    void mysql_takes_an_empty_value_for_null_unless_it_is_in_quotes() {
        CsvImport rows = CsvImport.into("item").columns("name", "price").csv("apple,\n\"\",\"2\"\n");

        assertThat(sql(rows))
                .contains("insert into item(name, price) values ('apple', null);")
                .contains("insert into item(name, price) values ('', '2');");
    }

    @Test
    void a_row_after_text_without_a_last_line_break_is_a_row_of_its_own() {
        CsvImport rows =
                CsvImport.into("item").columns("name", "price").csv("apple,1").row("pear", "2");

        assertThat(rows.csv()).isEqualTo("apple,1\n\"pear\",\"2\"\n");
    }

    private static String sql(CsvImport rows) {
        return JobPlan.of(SHOP, rows).resources().stream()
                .filter(ConfigMap.class::isInstance)
                .map(map -> ((ConfigMap) map).getData().get("import.sql"))
                .findFirst()
                .orElseThrow();
    }
}
