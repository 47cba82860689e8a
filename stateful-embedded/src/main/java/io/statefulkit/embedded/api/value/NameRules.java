package io.statefulkit.embedded.api.value;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What names and labels may look like; each check returns what is wrong. */
public final class NameRules {

    private static final String LABEL_FORMAT = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_FORMAT = LABEL_FORMAT + "(\\." + LABEL_FORMAT + ")*";
    private static final String QUALIFIED_FORMAT = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String VALUE_FORMAT = "(" + QUALIFIED_FORMAT + ")?";
    private static final String CONFIG_KEY_FORMAT = "[-._a-zA-Z0-9]+";

    private static final String HEADER_FORMAT = "[-A-Za-z0-9]+";

    private static final Pattern HEADER = Pattern.compile(HEADER_FORMAT);
    private static final Pattern LABEL = Pattern.compile(LABEL_FORMAT);
    private static final Pattern SUBDOMAIN = Pattern.compile(SUBDOMAIN_FORMAT);
    private static final Pattern QUALIFIED = Pattern.compile(QUALIFIED_FORMAT);
    private static final Pattern VALUE = Pattern.compile(VALUE_FORMAT);
    private static final Pattern CONFIG_KEY = Pattern.compile(CONFIG_KEY_FORMAT);

    private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]+");
    private static final Pattern VARIABLE = Pattern.compile("[ -<>-~]+");

    private static final int MAX_PORT_NAME = 15;
    private static final int MAX_SUBDOMAIN = 253;
    private static final int MAX_LABEL = 63;

    private NameRules() {}

    public static List<String> subdomain(String name) {
        List<String> problems = new ArrayList<>();
        if (name.length() > MAX_SUBDOMAIN) {
            problems.add(tooLong(MAX_SUBDOMAIN, "characters"));
        }
        if (!SUBDOMAIN.matcher(name).matches()) {
            problems.add(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                            + " and must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                            + " validation is '" + SUBDOMAIN_FORMAT + "')");
        }
        return problems;
    }

    public static List<String> label(String name) {
        List<String> problems = new ArrayList<>();
        if (name.length() > MAX_LABEL) {
            problems.add(tooLong(MAX_LABEL, "characters"));
        }
        if (SUBDOMAIN.matcher(name).matches() && name.contains(".")) {
            problems.add("must not contain dots");
        } else if (!LABEL.matcher(name).matches()) {
            problems.add(
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                            + " start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used"
                            + " for validation is '" + LABEL_FORMAT + "')");
        }
        return problems;
    }

    /** Checks a name that may be anything that fits into a path. */
    public static List<String> pathSegment(String name) {
        if (name.equals(".") || name.equals("..")) {
            return List.of("may not be '" + name + "'");
        }
        List<String> problems = new ArrayList<>();
        for (String separator : List.of("/", "%")) {
            if (name.contains(separator)) {
                problems.add("may not contain '" + separator + "'");
            }
        }
        return problems;
    }

    /** Checks the key of a label or annotation: an optional prefix, a slash and a name. */
    public static List<String> qualifiedName(String key) {
        List<String> problems = new ArrayList<>();
        int slash = key.indexOf('/');
        if (slash != key.lastIndexOf('/')) {
            problems.add("a qualified name " + qualifiedFormat()
                    + " with an optional DNS subdomain prefix and '/' (e.g." + " 'example.com/MyName')");
            return problems;
        }
        if (slash == 0) {
            problems.add("prefix part must be non-empty");
        } else if (slash > 0) {
            subdomain(key.substring(0, slash)).forEach(problem -> problems.add("prefix part " + problem));
        }
        String name = key.substring(slash + 1);
        if (name.isEmpty()) {
            problems.add("name part must be non-empty");
        } else if (name.length() > MAX_LABEL) {
            problems.add("name part " + tooLong(MAX_LABEL, "bytes"));
        }
        if (!QUALIFIED.matcher(name).matches()) {
            problems.add("name part " + qualifiedFormat());
        }
        return problems;
    }

    public static List<String> labelValue(String value) {
        List<String> problems = new ArrayList<>();
        if (value.length() > MAX_LABEL) {
            problems.add(tooLong(MAX_LABEL, "bytes"));
        }
        if (!VALUE.matcher(value).matches()) {
            problems.add("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                    + " and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                    + " '12345', regex used for validation is '" + VALUE_FORMAT + "')");
        }
        return problems;
    }

    /** Checks the name of a port. */
    public static List<String> portName(String name) {
        List<String> problems = new ArrayList<>();
        if (name.length() > MAX_PORT_NAME) {
            problems.add(tooLong(MAX_PORT_NAME, "characters"));
        }
        if (!PORT_NAME.matcher(name).matches()) {
            problems.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            problems.add("must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            problems.add("must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            problems.add("must not begin or end with a hyphen");
        }
        return problems;
    }

    /** Checks the name of an environment variable. */
    public static List<String> variable(String name) {
        List<String> problems = new ArrayList<>();
        if (!VARIABLE.matcher(name).matches()) {
            problems.add("a valid environment variable name must consist only of printable ASCII characters other than"
                    + " '='");
        }
        return problems;
    }

    /** Checks the name of a header. */
    public static List<String> header(String name) {
        return HEADER.matcher(name).matches()
                ? List.of()
                : List.of("a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name',"
                        + " regex used for validation is '" + HEADER_FORMAT + "')");
    }

    /** Checks a key of a ConfigMap or Secret. */
    public static List<String> configKey(String key) {
        List<String> problems = new ArrayList<>();
        if (key.length() > MAX_SUBDOMAIN) {
            problems.add(tooLong(MAX_SUBDOMAIN, "characters"));
        }
        if (!CONFIG_KEY.matcher(key).matches()) {
            problems.add("a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',"
                    + "  or 'KEY_NAME',  or 'key-name', regex used for validation is '" + CONFIG_KEY_FORMAT + "')");
        }
        if (key.equals(".") || key.equals("..")) {
            problems.add("must not be '" + key + "'");
        } else if (key.startsWith("..")) {
            problems.add("must not start with '..'");
        }
        return problems;
    }

    private static String qualifiedFormat() {
        return "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                + " character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '"
                + QUALIFIED_FORMAT + "')";
    }

    private static String tooLong(int max, String unit) {
        return "must be no more than " + max + " " + unit;
    }
}
