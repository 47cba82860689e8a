package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.ContainerStreams;

/**
 * Kills processes for clients in other JVMs: on a real node, a privileged pod can, but here no pod sees the processes of another one. Real
 * API servers have no such path, so that a client can tell by asking.
 */
record KillCalls(ContainerStreams containers) {

    static final String PATH = "/statefulkit/v1/kill";

    /** A GET asks whether it can; a POST names the {@code namespace}, the {@code pod} and the {@code container}, and kills. */
    Answer answer(Call call) {
        if (call.isGet()) {
            return Answer.text(200, "ok");
        }
        if (!call.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
        containers.kill(required(call, "namespace"), required(call, "pod"), required(call, "container"));
        return Answer.text(200, "killed");
    }

    private static String required(Call call, String parameter) {
        return call.query()
                .present(parameter)
                .orElseThrow(() -> Refusal.badRequest("the parameter " + parameter + " is missing"));
    }
}
