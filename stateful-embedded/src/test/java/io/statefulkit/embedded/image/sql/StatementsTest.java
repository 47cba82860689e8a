package io.statefulkit.embedded.image.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementsTest {

    @Test
    void a_script_is_split_at_the_ends_of_statements_only() {
        assertThat(Statements.split("""
                        select 'a;b', "c;d" from t; -- one; two
                        do $body$ begin null; end $body$;
                        /* x; */ insert into t values ($1, 'it''s;');
                        ;
                        select $$;$$
                        """))
                .containsExactly(
                        "select 'a;b', \"c;d\" from t",
                        "-- one; two\ndo $body$ begin null; end $body$",
                        "/* x; */ insert into t values ($1, 'it''s;')",
                        "select $$;$$");
    }
}
