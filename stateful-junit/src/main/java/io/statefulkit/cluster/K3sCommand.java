package io.statefulkit.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command of a k3s server, and the commands to run in its container. Pure. */
final class K3sCommand {

    /** What tests never need and what makes its start slow. The storage provisioner and the DNS stay. */
    private static final List<String> NEEDLESS = List.of("traefik", "metrics-server", "servicelb");

    /** From this minor version on, the kubelet refuses to start on a machine with cgroups of version 1. */
    private static final int REFUSES_CGROUP_1 = 35;

    private static final Pattern VERSION = Pattern.compile(".*:v1\\.(\\d+)\\.\\d+.*");

    private K3sCommand() {}

    /** The whole command: one part of it given alone would replace the others. */
    static String[] server(String image, String host, boolean isCgroup1) {
        List<String> command = new ArrayList<>();
        command.add("server");
        command.add("--tls-san=" + host);
        NEEDLESS.forEach(part -> command.add("--disable=" + part));
        Matcher version = VERSION.matcher(image);
        if (isCgroup1 && (!version.matches() || Integer.parseInt(version.group(1)) >= REFUSES_CGROUP_1)) {
            command.add("--kubelet-arg=fail-cgroupv1=false");
        }
        return command.toArray(String[]::new);
    }

    /** Prints the id of a running container. */
    static String[] find(String namespace, String pod, String container) {
        return new String[] {
            "crictl",
            "ps",
            "--quiet",
            "--state",
            "running",
            "--label",
            "io.kubernetes.pod.namespace=" + namespace,
            "--label",
            "io.kubernetes.pod.name=" + pod,
            "--label",
            "io.kubernetes.container.name=" + container
        };
    }

    /** Ends a container by SIGKILL: with a timeout of 0, the runtime sends no other signal before. */
    static String[] kill(String id) {
        return new String[] {"crictl", "stop", "--timeout", "0", id};
    }
}
