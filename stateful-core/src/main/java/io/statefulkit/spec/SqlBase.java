package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.pod.ValueRef;
import java.util.Map;
import java.util.regex.Pattern;

/** What can be said about servers that speak SQL. */
abstract class SqlBase<S> extends EngineBase<S> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    SqlBase(Settings settings) {
        super(settings);
    }

    /** Create this database on the first start. */
    public final S withDatabase(String name) {
        Checks.matches(NAME, name, "database", "up to 63 letters, digits, '_' or '-'");
        return withDatabase(ValueRef.of(name));
    }

    /** Take the name of the database that the first start creates from here. */
    public final S withDatabase(ValueRef name) {
        return data(settings().data().database(name));
    }

    /** Run this script on the first start. Files run in the order of their names. */
    public final S withInitScript(String file, String text) {
        Checks.notBlank(text, "init script");
        return data(settings().data().initScripts(merged(settings().data().initScripts(), Map.of(file, text))));
    }

    /** Tell k8up, by annotations of the pods, how to dump the database when it backs the namespace up. */
    public final S withK8upBackups() {
        return extras(settings().extras().withK8up());
    }

    /** Run SQL on a schedule. */
    public final S withCron(SqlCron cron) {
        return extras(settings().extras().jobs(added(settings().extras().jobs(), cron)));
    }

    /**
     * Return the name of the database.
     *
     * @throws IllegalStateException if it is kept in a ConfigMap
     */
    public final String database() {
        if (settings().data().database() instanceof ValueRef.Literal literal) {
            return literal.value();
        }
        throw new IllegalStateException("the name of the database of '%s' is kept in %s"
                .formatted(name(), settings().data().database()));
    }

    static String userName(String user) {
        return Checks.matches(NAME, user, "user", "up to 63 letters, digits, '_' or '-'");
    }
}
