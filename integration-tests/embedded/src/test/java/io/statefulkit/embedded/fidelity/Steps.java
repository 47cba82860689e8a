package io.statefulkit.embedded.fidelity;

import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.statefulkit.embedded.EmbeddedCluster;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scenario did besides requests: commands in containers, and containers killed from the node. */
final class Steps {

    private static final Pattern EXEC =
            Pattern.compile("exec (\\S+): (.*) -> rc (\\d+) out '(.*)' err '(.*)'", Pattern.DOTALL);

    private Steps() {}

    /** Does what a note tells; returns what differed. */
    static Optional<String> of(EmbeddedCluster cluster, Recording recording, String note) {
        Matcher exec = EXEC.matcher(note);
        if (exec.matches()) {
            return exec(cluster, recording, exec);
        }
        if (note.equals("kill from the node")) {
            cluster.faults().kill(recording.namespace(), "one");
        } else if (note.equals("kill postmaster -9")) {
            cluster.faults().kill(recording.namespace(), "pg-0");
        }
        return Optional.empty();
    }

    private static Optional<String> exec(EmbeddedCluster cluster, Recording recording, Matcher exec) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch watch = cluster.client()
                .pods()
                .inNamespace(recording.namespace())
                .withName(exec.group(1))
                .writingOutput(out)
                .writingError(err)
                .exec(arguments(exec.group(2)).toArray(new String[0]))) {
            int code = watch.exitCode().get(RawClient.LIMIT.toSeconds(), TimeUnit.SECONDS);
            String output = out.toString(StandardCharsets.UTF_8).strip();
            boolean same = Integer.toString(code).equals(exec.group(3))
                    && output.equals(exec.group(4).replace("\\n", "\n"));
            return same
                    ? Optional.empty()
                    : Optional.of("seen rc " + code + " out '" + output + "' err '"
                            + err.toString(StandardCharsets.UTF_8).strip() + "'");
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("did not end: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("was interrupted");
        }
    }

    // The note joins the arguments with blanks: only the last one of a shell or of psql has blanks itself.
    private static List<String> arguments(String command) {
        String[] words = command.split(" ", -1);
        int fixed = switch (words[0]) {
            case "sh" -> 2;
            case "psql" -> 4;
            default -> words.length;
        };
        List<String> arguments = new ArrayList<>(List.of(words).subList(0, fixed));
        if (fixed < words.length) {
            arguments.add(String.join(" ", List.of(words).subList(fixed, words.length)));
        }
        return arguments;
    }
}
