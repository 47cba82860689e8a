package io.statefulkit.handle.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What scripts of {@code pg_restore --create} and {@code pg_dumpall --globals-only} say, as PostgreSQL 15 writes them. */
class DumpedDatabaseTest {

    private static final String SCRIPT = """
        --
        -- PostgreSQL database dump; made by pg_dump
        --

        \\restrict XthJUQUjGhOijLgljqTBpBhaoE08S2CRqX3H9bAeKEHNMjzoLCHXXxVLEwtMev7

        SET client_encoding = 'LATIN1';
        SELECT pg_catalog.set_config('search_path', '', false);

        --
        -- Name: odd "name WITH x; Type: DATABASE; Schema: -; Owner: clerk
        --

        CREATE DATABASE "odd ""name WITH x" WITH TEMPLATE = template0 ENCODING = 'LATIN1' LOCALE_PROVIDER = libc LOCALE = 'C';


        ALTER DATABASE "odd ""name WITH x" OWNER TO clerk;

        \\unrestrict XthJUQUjGhOijLgljqTBpBhaoE08S2CRqX3H9bAeKEHNMjzoLCHXXxVLEwtMev7
        \\connect -reuse-previous=on "dbname='odd ""name WITH x'"

        SET client_encoding = 'LATIN1';

        COMMENT ON DATABASE "odd ""name WITH x" IS 'it''s; DATABASE "odd ""name WITH x" of
        -- two lines';

        ALTER DATABASE "odd ""name WITH x" CONNECTION LIMIT = 7;
        ALTER DATABASE "odd ""name WITH x" SET search_path TO 'a;b
        c', 'public';
        ALTER ROLE clerk IN DATABASE "odd ""name WITH x" SET work_mem TO '7MB';
        REVOKE CONNECT,TEMPORARY ON DATABASE "odd ""name WITH x" FROM PUBLIC;
        SET SESSION AUTHORIZATION clerk;
        GRANT CONNECT,TEMPORARY ON DATABASE "odd ""name WITH x" TO reader;
        RESET SESSION AUTHORIZATION;
        """;

    @Test
    void another_database_is_told_all_that_was_said_of_the_one_that_was_dumped() {
        DumpedDatabase dumped = DumpedDatabase.of(SCRIPT);

        assertThat(dumped.options())
                .isEqualTo("WITH TEMPLATE = template0 ENCODING = 'LATIN1' LOCALE_PROVIDER = libc LOCALE = 'C'");
        assertThat(dumped.unreadable()).isZero();
        assertThat(dumped.saidOf("fresh"))
                .containsExactly(
                        "ALTER DATABASE \"fresh\" OWNER TO clerk",
                        "COMMENT ON DATABASE \"fresh\" IS 'it''s; DATABASE \"odd \"\"name WITH x\" of\n-- two lines'",
                        "ALTER DATABASE \"fresh\" CONNECTION LIMIT = 7",
                        "ALTER DATABASE \"fresh\" SET search_path TO 'a;b\nc', 'public'",
                        "ALTER ROLE clerk IN DATABASE \"fresh\" SET work_mem TO '7MB'",
                        "REVOKE CONNECT,TEMPORARY ON DATABASE \"fresh\" FROM PUBLIC",
                        "SET SESSION AUTHORIZATION clerk",
                        "GRANT CONNECT,TEMPORARY ON DATABASE \"fresh\" TO reader",
                        "RESET SESSION AUTHORIZATION");
    }

    /** A dump that was made while the server was upgraded must not bring back a database that takes no writes. */
    @Test
    void what_an_upgrade_had_set_for_a_while_is_left_out_and_what_somebody_else_has_set_is_not() {
        String create = "CREATE DATABASE shop WITH TEMPLATE = template0;\n";
        String readOnly = "ALTER DATABASE shop SET default_transaction_read_only TO 'on';\n";

        assertThat(DumpedDatabase.of(create + readOnly + "ALTER DATABASE shop SET \"statefulkit.upgrading\" TO 'on';")
                        .saidOf("fresh"))
                .isEmpty();
        assertThat(DumpedDatabase.of(create + readOnly).saidOf("fresh"))
                .containsExactly("ALTER DATABASE \"fresh\" SET default_transaction_read_only TO 'on'");
    }

    @Test
    void what_cannot_be_read_is_left_out_and_counted() {
        DumpedDatabase dumped = DumpedDatabase.of("""
            CREATE DATABASE shop WITH TEMPLATE = template0;
            COMMENT ON DATABASE shop IS 'gro\uFFFDe';
            ALTER DATABASE shop OWNER TO clerk;
            """);

        assertThat(dumped.unreadable()).isEqualTo(1);
        assertThat(dumped.saidOf("fresh")).containsExactly("ALTER DATABASE \"fresh\" OWNER TO clerk");
    }

    @Test
    void a_dump_that_says_nothing_of_it_is_one_too() {
        assertThat(DumpedDatabase.of("")).isEqualTo(new DumpedDatabase("", "", List.of()));
        assertThat(DumpedDatabase.of("").saidOf("fresh")).isEmpty();
    }

    @Test
    void a_backslash_hides_a_quote_only_in_text_that_says_so() {
        assertThat(SqlStatements.of("a E'it\\'s; ';b 'C:\\';c")).containsExactly("a E'it\\'s; '", "b 'C:\\'");
    }

    @Test
    void only_roles_that_are_missing_are_made_again_with_those_that_they_belong_to() {
        String globals = """
            SET default_transaction_read_only = off;
            CREATE ROLE clerk;
            ALTER ROLE clerk WITH NOSUPERUSER INHERIT LOGIN;
            CREATE ROLE "odd ""one";
            ALTER ROLE "odd ""one" WITH NOSUPERUSER NOLOGIN;
            ALTER ROLE "odd ""one" SET search_path TO 'a;b';
            COMMENT ON ROLE "odd ""one" IS 'who';
            CREATE ROLE postgres;
            ALTER ROLE postgres WITH SUPERUSER LOGIN;
            GRANT "odd ""one" TO clerk GRANTED BY postgres;
            GRANT "odd ""one" TO stranger GRANTED BY postgres;
            GRANT pg_monitor TO postgres GRANTED BY postgres;
            """;

        DumpedRoles missing = DumpedRoles.missing(globals, Set.of("postgres", "clerk", "pg_monitor"));

        assertThat(missing.names()).containsExactly("odd \"one");
        assertThat(missing.make()).isEqualTo("""
            begin;
            CREATE ROLE "odd ""one";
            ALTER ROLE "odd ""one" WITH NOSUPERUSER NOLOGIN;
            ALTER ROLE "odd ""one" SET search_path TO 'a;b';
            COMMENT ON ROLE "odd ""one" IS 'who';
            GRANT "odd ""one" TO clerk;
            commit""");
        assertThat(DumpedRoles.missing(globals, Set.of("postgres", "clerk", "odd \"one"))
                        .names())
                .isEmpty();
    }
}
