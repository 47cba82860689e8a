package io.statefulkit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class K3sTroubleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Error response from daemon: toomanyrequests: You have reached your pull rate limit | the registry limits downloads
        manifest for rancher/k3s:v9 not found: manifest unknown: manifest unknown | there is no such image
        "command failed" err="kubelet is configured to not run on a host using cgroup v1" | this k3s refuses machines with cgroups of version 1
        level=fatal msg="failed to find memory cgroup (v2)" | the machine has no memory cgroup
        level=fatal msg="\\"overlayfs\\" snapshotter cannot be enabled for \\"/var/lib/rancher/k3s/agent/containerd\\"" | the container's file system allows no overlay
        inotify_init: Too many open files | the machine allows too few inotify instances
        inotify_add_watch /sys/fs/cgroup/kubepods: no space left on device | the machine allows too few inotify watches
        write /var/lib: no space left on device | the disk is full
        exec /bin/k3s: exec format error | the image is for another processor architecture
        """)
    void what_a_log_says_is_explained_in_a_line(String log, String cause) {
        assertThat(K3sTrouble.explain("time=\"…\" level=info msg=\"Starting k3s\"\n" + log))
                .hasValueSatisfying(explained -> assertThat(explained).startsWith(cause));
    }

    @Test
    void what_is_not_known_is_not_explained() {
        assertThat(K3sTrouble.explain("level=info msg=\"Kube API server is now running\""))
                .isEmpty();
    }
}
