package io.statefulkit.embedded.image.sql;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * {@code psql} where none is installed: runs statements from {@code -c}, {@code -f} or standard input, prints rows
 * unaligned, and returns psql's exit codes. Backslash commands and {@code COPY ... FROM STDIN} are not supported, and it
 * says so.
 */
public final class PsqlStandIn {

    private static final int FAILED = 1;
    private static final int NO_CONNECTION = 2;
    private static final int SCRIPT_FAILED = 3;

    private PsqlStandIn() {}

    /** Runs it. */
    public static void main(String[] words) throws IOException {
        try (PrintStream out = stream(FileDescriptor.out);
                PrintStream err = stream(FileDescriptor.err)) {
            int code = run(Arguments.parse(words, System.getenv()), out, err);
            out.flush();
            err.flush();
            System.exit(code);
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    static int run(Arguments arguments, PrintStream out, PrintStream err) throws IOException {
        String password = System.getenv().getOrDefault("PGPASSWORD", "");
        try (Session session = Session.open(arguments, password, out, err)) {
            boolean script = arguments.commands.isEmpty();
            List<String> texts = script ? List.of(script(arguments)) : arguments.commands;
            if (arguments.oneTransaction) {
                texts = List.of("begin;" + String.join(";", texts) + ";commit");
            }
            for (String text : texts) {
                for (String statement : Statements.split(text)) {
                    if (statement.startsWith("\\")) {
                        err.println("ERROR:  " + statement
                                + ": backslash commands need a PostgreSQL client, which is not" + " installed");
                        return script ? SCRIPT_FAILED : FAILED;
                    }
                    if (!session.run(statement)) {
                        return script ? SCRIPT_FAILED : FAILED;
                    }
                }
            }
            return 0;
        } catch (IOException | GeneralSecurityException e) {
            err.println("psql: error: connection to server at \"" + arguments.host + "\", port " + arguments.port
                    + " failed: " + e.getMessage());
            return NO_CONNECTION;
        }
    }

    private static String script(Arguments arguments) throws IOException {
        return arguments.file.isEmpty() || arguments.file.equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(arguments.file));
    }
}
