package io.statefulkit.handle.backup;

import io.statefulkit.handle.client.PostgresClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The roles of a dump that a server does not have, or not any more.
 *
 * @param names their names
 * @param statements how they are made, as they were but without a password, and who belongs to whom
 */
record DumpedRoles(Set<String> names, List<String> statements) {

    private static final String NAME = "(" + SqlStatements.NAME + ")";
    private static final Pattern CREATE = Pattern.compile("CREATE ROLE " + NAME);
    private static final Pattern CHANGE = Pattern.compile("(?s)(?:ALTER ROLE|COMMENT ON ROLE) " + NAME + " .*");
    private static final Pattern MEMBER =
            Pattern.compile("(?s)(GRANT " + NAME + " TO " + NAME + ".*?)(?: GRANTED BY .*)?");

    /** A role that nothing depends on, in no database, and to which nobody belongs who stays, was gone for a good reason. */
    private static final String DROP_UNUSED = """
        do $statefulkit$ declare one name; begin
          for one in
            with recursive kept(role) as (
              (select oid from pg_roles where rolname <> all (%1$s)
                union select refobjid from pg_shdepend where refclassid = 'pg_authid'::regclass)
              union select roleid from pg_auth_members join kept on member = role)
            select rolname from pg_roles where rolname = any (%1$s) and oid not in (select role from kept)
          loop
            execute format('drop role %%I', one);
          end loop;
        end $statefulkit$;
        select rolname from pg_roles where rolname = any (%1$s) order by 1
        """;

    /**
     * Finds them.
     *
     * @param globals the script of {@code pg_dumpall --globals-only} that was made with the dump
     * @param there the roles that the server has
     */
    static DumpedRoles missing(String globals, Set<String> there) {
        List<String> all = SqlStatements.of(globals);
        Set<String> missing = new LinkedHashSet<>();
        for (String statement : all) {
            Matcher create = CREATE.matcher(statement);
            if (create.matches() && !there.contains(SqlStatements.plain(create.group(1)))) {
                missing.add(SqlStatements.plain(create.group(1)));
            }
        }
        List<String> making = new ArrayList<>();
        for (String statement : all) {
            Matcher create = CREATE.matcher(statement);
            Matcher change = CHANGE.matcher(statement);
            Matcher member = MEMBER.matcher(statement);
            if ((create.matches() && missing.contains(SqlStatements.plain(create.group(1))))
                    || (change.matches() && missing.contains(SqlStatements.plain(change.group(1))))) {
                making.add(statement);
            } else if (member.matches() && joins(member, missing, there)) {
                making.add(member.group(1));
            }
        }
        return new DumpedRoles(missing, List.copyOf(making));
    }

    private static boolean joins(Matcher member, Set<String> missing, Set<String> there) {
        List<String> both = List.of(SqlStatements.plain(member.group(2)), SqlStatements.plain(member.group(3)));
        return both.stream().anyMatch(missing::contains)
                && both.stream().allMatch(one -> missing.contains(one) || there.contains(one));
    }

    /** Returns the script that makes all of them, or none. */
    String make() {
        return "begin;\n" + String.join(";\n", statements) + ";\ncommit";
    }

    /** Returns the script that drops those that nothing has needed, and returns the others. */
    String dropUnused() {
        String array =
                names.stream().map(PostgresClient::literal).collect(Collectors.joining(", ", "array[", "]::name[]"));
        return DROP_UNUSED.formatted(array);
    }
}
