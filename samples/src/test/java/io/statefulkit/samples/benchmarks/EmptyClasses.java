package io.statefulkit.samples.benchmarks;

import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.junit.StatefulCluster;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hundred test classes with an empty test, and one without a cluster. No build runs them by themselves. */
final class EmptyClasses {

    /** The kubeconfigs of the clusters that they ran on. */
    static final Set<String> CLUSTERS = new ConcurrentSkipListSet<>();

    private EmptyClasses() {}

    static Class<?>[] all() {
        return Stream.of(EmptyClasses.class.getDeclaredClasses())
                .filter(type -> type.getSuperclass() == OnCluster.class)
                .toArray(Class<?>[]::new);
    }

    static class Plain {
        @Test
        void empty() {}
    }

    @StatefulCluster(provider = ProviderKind.EMBEDDED)
    abstract static class OnCluster {
        @Test
        void empty(StatefulCluster.Info info) {
            CLUSTERS.add(info.kubeconfig().toString());
        }
    }

    static class C00 extends OnCluster {}

    static class C01 extends OnCluster {}

    static class C02 extends OnCluster {}

    static class C03 extends OnCluster {}

    static class C04 extends OnCluster {}

    static class C05 extends OnCluster {}

    static class C06 extends OnCluster {}

    static class C07 extends OnCluster {}

    static class C08 extends OnCluster {}

    static class C09 extends OnCluster {}

    static class C10 extends OnCluster {}

    static class C11 extends OnCluster {}

    static class C12 extends OnCluster {}

    static class C13 extends OnCluster {}

    static class C14 extends OnCluster {}

    static class C15 extends OnCluster {}

    static class C16 extends OnCluster {}

    static class C17 extends OnCluster {}

    static class C18 extends OnCluster {}

    static class C19 extends OnCluster {}

    static class C20 extends OnCluster {}

    static class C21 extends OnCluster {}

    static class C22 extends OnCluster {}

    static class C23 extends OnCluster {}

    static class C24 extends OnCluster {}

    static class C25 extends OnCluster {}

    static class C26 extends OnCluster {}

    static class C27 extends OnCluster {}

    static class C28 extends OnCluster {}

    static class C29 extends OnCluster {}

    static class C30 extends OnCluster {}

    static class C31 extends OnCluster {}

    static class C32 extends OnCluster {}

    static class C33 extends OnCluster {}

    static class C34 extends OnCluster {}

    static class C35 extends OnCluster {}

    static class C36 extends OnCluster {}

    static class C37 extends OnCluster {}

    static class C38 extends OnCluster {}

    static class C39 extends OnCluster {}

    static class C40 extends OnCluster {}

    static class C41 extends OnCluster {}

    static class C42 extends OnCluster {}

    static class C43 extends OnCluster {}

    static class C44 extends OnCluster {}

    static class C45 extends OnCluster {}

    static class C46 extends OnCluster {}

    static class C47 extends OnCluster {}

    static class C48 extends OnCluster {}

    static class C49 extends OnCluster {}

    static class C50 extends OnCluster {}

    static class C51 extends OnCluster {}

    static class C52 extends OnCluster {}

    static class C53 extends OnCluster {}

    static class C54 extends OnCluster {}

    static class C55 extends OnCluster {}

    static class C56 extends OnCluster {}

    static class C57 extends OnCluster {}

    static class C58 extends OnCluster {}

    static class C59 extends OnCluster {}

    static class C60 extends OnCluster {}

    static class C61 extends OnCluster {}

    static class C62 extends OnCluster {}

    static class C63 extends OnCluster {}

    static class C64 extends OnCluster {}

    static class C65 extends OnCluster {}

    static class C66 extends OnCluster {}

    static class C67 extends OnCluster {}

    static class C68 extends OnCluster {}

    static class C69 extends OnCluster {}

    static class C70 extends OnCluster {}

    static class C71 extends OnCluster {}

    static class C72 extends OnCluster {}

    static class C73 extends OnCluster {}

    static class C74 extends OnCluster {}

    static class C75 extends OnCluster {}

    static class C76 extends OnCluster {}

    static class C77 extends OnCluster {}

    static class C78 extends OnCluster {}

    static class C79 extends OnCluster {}

    static class C80 extends OnCluster {}

    static class C81 extends OnCluster {}

    static class C82 extends OnCluster {}

    static class C83 extends OnCluster {}

    static class C84 extends OnCluster {}

    static class C85 extends OnCluster {}

    static class C86 extends OnCluster {}

    static class C87 extends OnCluster {}

    static class C88 extends OnCluster {}

    static class C89 extends OnCluster {}

    static class C90 extends OnCluster {}

    static class C91 extends OnCluster {}

    static class C92 extends OnCluster {}

    static class C93 extends OnCluster {}

    static class C94 extends OnCluster {}

    static class C95 extends OnCluster {}

    static class C96 extends OnCluster {}

    static class C97 extends OnCluster {}

    static class C98 extends OnCluster {}

    static class C99 extends OnCluster {}
}
