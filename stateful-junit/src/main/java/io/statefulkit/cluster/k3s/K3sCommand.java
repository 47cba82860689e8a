package io.statefulkit.cluster.k3s;

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
    static String[] server(String image, List<String> names, boolean isCgroup1) {
        List<String> command = new ArrayList<>();
        command.add("server");
        names.forEach(name -> command.add("--tls-san=" + name));
        NEEDLESS.forEach(part -> command.add("--disable=" + part));
        command.addAll(cgroups(image, isCgroup1));
        return command.toArray(String[]::new);
    }

    /** Of a node without an API server; where that is, the environment says. */
    static String[] agent(String image, boolean isCgroup1) {
        List<String> command = new ArrayList<>(List.of("agent"));
        command.addAll(cgroups(image, isCgroup1));
        return command.toArray(String[]::new);
    }

    private static List<String> cgroups(String image, boolean isCgroup1) {
        Matcher version = VERSION.matcher(image);
        boolean isRefused = isCgroup1 && (!version.matches() || Integer.parseInt(version.group(1)) >= REFUSES_CGROUP_1);
        return isRefused ? List.of("--kubelet-arg=fail-cgroupv1=false") : List.of();
    }

    /** Prints the ids of the images of a node, a line each. */
    static String[] imageIds() {
        return new String[] {"crictl", "images", "--quiet", "--no-trunc"};
    }

    /** Loads a file of images. With all platforms, it would fail on those that the file does not hold. */
    static String[] load(String file, String platform) {
        return new String[] {"ctr", "--namespace", "k8s.io", "images", "import", "--platform", platform, file};
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
