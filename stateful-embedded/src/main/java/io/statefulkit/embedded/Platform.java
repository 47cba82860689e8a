package io.statefulkit.embedded;

import java.util.Locale;

/** The machine that the cluster can run on. */
final class Platform {

    private Platform() {}

    static void requireLinux(String osName) {
        if (!osName.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new IllegalStateException(
                    "the embedded cluster runs containers as Linux processes, but this machine is \"" + osName
                            + "\"; run it on Linux (a Linux container will do), or use a k3s cluster instead");
        }
    }
}
