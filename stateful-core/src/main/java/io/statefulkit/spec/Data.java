package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.ValueRef;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is in a database server.
 *
 * @param database name of the database that the first start creates
 * @param credentials where user and password come from
 * @param appUser user without special rights that the first start creates
 * @param config settings of the server
 * @param initScripts scripts that the first start runs, by file name
 * @param builtinLocale true if text is sorted by the database itself and not by the image's C library
 */
public record Data(
        ValueRef database,
        Credentials credentials,
        Optional<String> appUser,
        Map<String, String> config,
        Map<String, String> initScripts,
        boolean builtinLocale) {

    public Data {
        config = Collections.unmodifiableMap(new TreeMap<>(config));
        config.keySet()
                .forEach(key -> Checks.matches(CONFIG_KEY, key, "config key", "letters, digits, '_', '-' or '.'"));
        config.values().forEach(Data::oneLine);
        initScripts = Collections.unmodifiableMap(new TreeMap<>(initScripts));
        initScripts
                .keySet()
                .forEach(key -> Checks.matches(SCRIPT, key, "init script", "a file name that ends in .sql or .sh"));
    }

    private static final Pattern CONFIG_KEY = Pattern.compile("[a-z][a-z0-9_.-]{0,99}");
    private static final Pattern SCRIPT = Pattern.compile("[A-Za-z0-9][-_.A-Za-z0-9]{0,99}\\.(sql|sh)");

    static Data of(String database) {
        return new Data(ValueRef.of(database), Credentials.generate(), Optional.empty(), Map.of(), Map.of(), false);
    }

    private static void oneLine(String value) {
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("config value must be one line of text but was '%s'".formatted(value));
        }
    }

    Data database(ValueRef value) {
        return new Data(value, credentials, appUser, config, initScripts, builtinLocale);
    }

    Data credentials(Credentials value) {
        return new Data(database, value, appUser, config, initScripts, builtinLocale);
    }

    Data appUser(String value) {
        return new Data(database, credentials, Optional.of(value), config, initScripts, builtinLocale);
    }

    Data config(Map<String, String> value) {
        return new Data(database, credentials, appUser, value, initScripts, builtinLocale);
    }

    Data initScripts(Map<String, String> value) {
        return new Data(database, credentials, appUser, config, value, builtinLocale);
    }

    Data withBuiltinLocale() {
        return new Data(database, credentials, appUser, config, initScripts, true);
    }
}
