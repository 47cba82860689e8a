package io.statefulkit.handle.job;

import java.util.List;

/** Says that a job has failed, or did not end in time; what its transaction did is undone. */
public final class JobFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobFailedException(String job, String problem, List<String> log) {
        super("job " + job + " " + problem
                + (log.isEmpty() ? "" : "\n  | " + String.join("\n  | ", log))
                + "\n  do: correct what the log names; a changed job gets another name and runs again");
    }
}
