package io.statefulkit.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where settings come from besides the annotation; a later one wins over an earlier.
 *
 * @param junit the configuration parameters of the JUnit platform
 * @param file the keys of {@code junit-platform.properties}: JUnit itself cannot say which there are
 * @param system the system properties
 * @param environment the environment
 */
record SettingSources(
        Function<String, Optional<String>> junit,
        Set<String> file,
        Properties system,
        Map<String, String> environment) {

    private static final String FILE = "junit-platform.properties";

    /** System properties that say something to others of ours. */
    private static final Set<String> OF_OTHERS = Set.of("statefulkit.forward");

    /** Those of this JVM. */
    static SettingSources ofThisJvm(Function<String, Optional<String>> junit) {
        return ofThisJvm(junit, keysOfFile());
    }

    /** Those of this JVM, whose file is known to have these keys. */
    static SettingSources ofThisJvm(Function<String, Optional<String>> junit, Set<String> file) {
        return new SettingSources(junit, file, System.getProperties(), System.getenv());
    }

    /** Those of a run of the JUnit platform alone. */
    static SettingSources ofRun(Function<String, Optional<String>> junit) {
        return new SettingSources(junit, Set.of(), new Properties(), Map.of());
    }

    /** The keys of {@code junit-platform.properties}, looked for in the whole class path. */
    static Set<String> keysOfFile() {
        Properties properties = new Properties();
        try (InputStream file = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(SettingSources.class::getClassLoader)
                .getResourceAsStream(FILE)) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
        return properties.stringPropertyNames();
    }

    /** A setting that is misspelled would otherwise be one that is not there. */
    void refuseUnknownKeys() {
        refuseUnknown(FILE, file, SettingKey.PREFIX, SettingKey.properties());
        Set<String> ofSystem = new TreeSet<>(system.stringPropertyNames());
        ofSystem.removeAll(OF_OTHERS);
        refuseUnknown("the system properties", ofSystem, SettingKey.PREFIX, SettingKey.properties());
        Set<String> ofEnvironment = new TreeSet<>(environment.keySet());
        ofEnvironment.removeIf(variable -> variable(variable).isEmpty());
        refuseUnknown("the environment", ofEnvironment, SettingKey.VARIABLE_PREFIX, SettingKey.variables());
    }

    private static void refuseUnknown(String place, Set<String> keys, String prefix, String known) {
        Set<String> allowed = Set.of(known.split(", "));
        keys.stream()
                .filter(key -> key.startsWith(prefix) && !allowed.contains(key))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(
                            "there is no setting " + key + ", which is in " + place + "; there are: " + known);
                });
    }

    /** Build servers export variables that nobody has given a value: such a one says nothing. */
    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    String text(SettingKey key, String annotated) {
        return variable(key.variable())
                .or(() -> Optional.ofNullable(system.getProperty(key.property())))
                .or(() -> junit.apply(key.property()))
                .map(String::strip)
                .orElse(annotated);
    }

    Duration seconds(SettingKey key, int annotated) {
        return Duration.ofSeconds(number(key, annotated, 5, "a number of seconds from 1 to 99999"));
    }

    /** How many of something there are to be. */
    int count(SettingKey key, int annotated) {
        return number(key, annotated, 2, "a number from 1 to 99");
    }

    private int number(SettingKey key, int annotated, int digits, String allowed) {
        String text = text(key, "" + annotated);
        if (!text.matches("[1-9]\\d{0," + (digits - 1) + "}")) {
            throw new IllegalArgumentException(key.property() + " must be " + allowed + ", but is '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** Values with commas between them. */
    List<String> list(SettingKey key, String... annotated) {
        return Stream.of(text(key, String.join(",", annotated)).split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** Pairs like {@code docker.io=mirror.example} with commas between them. */
    Map<String, String> pairs(SettingKey key) {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : list(key)) {
            String[] sides = pair.split("=", 2);
            if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
                throw new IllegalArgumentException(key.property()
                        + " must be registries and endpoints, such as docker.io=https://mirror.example, but is '" + pair
                        + "'");
            }
            pairs.put(sides[0].strip(), sides[1].strip());
        }
        return pairs;
    }

    /** What decides the seeds of tests of disruptions. */
    Optional<Long> seed(String annotated) {
        String text = text(SettingKey.SEED, annotated);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseUnsignedLong(text, 16));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    SettingKey.SEED.property() + " must be a number of up to 16 hexadecimal digits, but is '" + text
                            + "'",
                    e);
        }
    }

    boolean flag(SettingKey key, boolean annotated) {
        String text = text(key, "" + annotated).toLowerCase(Locale.ROOT);
        if (!Set.of("true", "false").contains(text)) {
            throw new IllegalArgumentException(key.property() + " must be true or false, but is '" + text + "'");
        }
        return Boolean.parseBoolean(text);
    }

    <E extends Enum<E>> E constant(SettingKey key, Class<E> type, E annotated) {
        String text = text(key, annotated.name());
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key.property() + " must be one of "
                        + Arrays.toString(type.getEnumConstants()) + ", but is '" + text + "'"));
    }
}
