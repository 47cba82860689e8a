package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** The {@code Status} that ends exec and attach. */
final class ExecStatus {

    private ExecStatus() {}

    static ObjectNode exited(int code) {
        ObjectNode status = Json.object();
        status.putObject("metadata");
        if (code == 0) {
            return status.put("status", "Success");
        }
        status.put("status", "Failure")
                .put("message", "command terminated with non-zero exit code: exit status " + code)
                .put("reason", "NonZeroExitCode");
        status.putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "ExitCode")
                .put("message", Integer.toString(code));
        return status;
    }

    /** Returns the failure of a stream that the node did not take. */
    static ObjectNode refused(String message) {
        return Statuses.internal("unable to upgrade connection: " + message);
    }

    static ObjectNode failed(String message) {
        ObjectNode status = Json.object();
        status.putObject("metadata");
        status.put("status", "Failure")
                .put("message", "error executing command in container: " + message)
                .put("reason", "InternalError");
        status.putObject("details").putArray("causes").addObject().put("message", message);
        return status.put("code", 500);
    }
}
