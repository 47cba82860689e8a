package io.statefulkit.manifest.render;

import io.statefulkit.internal.Sha256;
import io.statefulkit.spec.job.SqlJob;

/**
 * How SQL runs exactly once: its transaction leaves a mark whose primary key is the hash of the job's name and SQL. A retry finds the
 * mark and is done.
 */
final class OnceScript {

    private static final String TABLE = "create table if not exists statefulkit_job(id varchar(80) primary key, at ";

    private OnceScript() {}

    /** Return what the container of the job runs. */
    static String of(Engine engine, SqlJob job) {
        return engine instanceof PostgresEngine ? postgres(mark(job)) : mysql(mark(job));
    }

    /** The mark comes first, so that of two at the same time one waits for the other. */
    private static String postgres(String mark) {
        return "if [ \"$(psql -XAt -c \"select 1 from statefulkit_job where id = '" + mark
                + "'\" 2>/dev/null)\" = 1 ]; then echo 'already done'; exit 0; fi\n"
                + "export PGCLIENTENCODING=UTF8\n"
                + "exec psql -X -v ON_ERROR_STOP=1 --single-transaction"
                + " -c 'set client_min_messages = warning'"
                + " -c '" + TABLE + "timestamptz not null default now())'"
                + " -c 'reset client_min_messages'"
                + " -c \"insert into statefulkit_job(id) values ('" + mark + "')\""
                + " -f \"$STATEFULKIT_SQL\"";
    }

    /** The mark comes last: a statement that commits by itself, in the middle of SQL that fails later, must not commit it. */
    private static String mysql(String mark) {
        return ClientKit.MYSQL_CLIENT
                + "if [ \"$(\"$@\" -N -e \"select 1 from statefulkit_job where id = '" + mark
                + "'\" 2>/dev/null)\" = 1 ]; then echo 'already done'; exit 0; fi\n"
                + "\"$@\" -e '" + TABLE + "timestamp default current_timestamp)' || exit 1\n"
                + "{ echo 'start transaction;'; cat \"$STATEFULKIT_SQL\"; echo; echo ';'\n"
                + "  echo \"insert into \\`$MYSQL_CLIENT_DATABASE\\`.statefulkit_job(id) values ('" + mark + "');\"\n"
                + "  echo 'commit;'; } | \"$@\"";
    }

    private static String mark(SqlJob job) {
        return "sha256:" + Sha256.of(job.name(), job.sql());
    }
}
