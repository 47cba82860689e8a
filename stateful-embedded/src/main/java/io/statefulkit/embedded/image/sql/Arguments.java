package io.statefulkit.embedded.image.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The options of psql that this stand-in knows. */
final class Arguments {

    final List<String> commands = new ArrayList<>();
    String host;
    String port;
    String user;
    String database = "";
    String separator = "|";
    boolean quiet;
    boolean tuplesOnly;
    boolean oneTransaction;
    String file = "";

    private Arguments(Map<String, String> environment) {
        host = environment.getOrDefault("PGHOST", "/var/run/postgresql");
        port = environment.getOrDefault("PGPORT", "5432");
        user = environment.getOrDefault("PGUSER", "");
        database = environment.getOrDefault("PGDATABASE", "");
    }

    static Arguments parse(String[] words, Map<String, String> environment) {
        Arguments arguments = new Arguments(environment);
        List<String> free = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (word.startsWith("--")) {
                i += arguments.named(word, i + 1 < words.length ? words[i + 1] : "");
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                i += arguments.letters(word.substring(1), i + 1 < words.length ? words[i + 1] : "");
            } else {
                free.add(word);
            }
        }
        if (!free.isEmpty()) {
            arguments.database = free.get(0);
        }
        if (free.size() > 1) {
            arguments.user = free.get(1);
        }
        arguments.fillIn();
        return arguments;
    }

    private void fillIn() {
        if (user.isEmpty()) {
            user = System.getProperty("user.name", "postgres");
        }
        if (database.isEmpty()) {
            database = user;
        }
    }

    /** Several flags may share a dash, and the last one may take the rest or the next word. */
    private int letters(String letters, String next) {
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if ("hpUdcvFfPLoR".indexOf(letter) >= 0) {
                String rest = letters.substring(i + 1);
                set(letter, rest.isEmpty() ? next : rest);
                return rest.isEmpty() ? 1 : 0;
            }
            flag(letter);
        }
        return 0;
    }

    private int named(String word, String next) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        String names = "host=h port=p username=U dbname=d command=c set=v variable=v field-separator=F file=f pset=P ";
        int at = (" " + names).indexOf(" " + name + "=");
        if (at < 0) {
            switch (name) {
                case "quiet" -> flag('q');
                case "tuples-only" -> flag('t');
                case "single-transaction" -> flag('1');
                default -> {
                    // No effect on what this stand-in prints.
                }
            }
            return 0;
        }
        set((" " + names).charAt(at + name.length() + 2), equals < 0 ? next : word.substring(equals + 1));
        return equals < 0 ? 1 : 0;
    }

    private void set(char letter, String value) {
        switch (letter) {
            case 'h' -> host = value;
            case 'p' -> port = value;
            case 'U' -> user = value;
            case 'd' -> database = value;
            case 'c' -> commands.add(value);
            case 'F' -> separator = value;
            case 'f' -> file = value;
            default -> {
                // Variables and output settings: statements stop at the first error in any case.
            }
        }
    }

    private void flag(char letter) {
        switch (letter) {
            case 'q' -> quiet = true;
            case 't' -> tuplesOnly = true;
            case '1' -> oneTransaction = true;
            default -> {
                // -X, -A, -w and the like: that is how this stand-in works anyway.
            }
        }
    }
}
