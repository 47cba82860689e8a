package io.statefulkit.embedded.control.batch;

/**
 * How a job ends.
 *
 * @param success whether all went well
 * @param reason the reason of the conditions
 * @param message the message of the conditions
 */
record JobEnding(boolean success, String reason, String message) {

    static final JobEnding COMPLETE =
            new JobEnding(true, "CompletionsReached", "Reached expected number of succeeded pods");

    String interim() {
        return success ? "SuccessCriteriaMet" : "FailureTarget";
    }

    String terminal() {
        return success ? "Complete" : "Failed";
    }
}
