package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.junit.StatefulCluster.Info;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Measures what a run of many namespaces keeps. It takes its time, so that it runs only when asked to. */
@EnabledIfSystemProperty(named = "kit.memory", matches = "true")
class KitMemoryTest {

    private static final int FEW = 200;
    private static final int MANY = 2000;
    private static final List<Long> USED = new CopyOnWriteArrayList<>();

    private static final int RUNS = 40;

    @ExtendWith(FakeClusters.class)
    @StatefulCluster(namespacePer = NamespacePer.METHOD)
    static class ManyCase {

        @RepeatedTest(MANY)
        void test(RepetitionInfo repetition, StatefulKit kit, Info info, TestSteps steps) {
            assertThat(kit.namespace()).isEqualTo(info.namespace());
            steps.note("nothing");
            if (repetition.getCurrentRepetition() == FEW || repetition.getCurrentRepetition() == MANY) {
                USED.add(used());
            }
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void memory_does_not_grow_with_the_number_of_namespaces() {
        try (FakeRun run = new FakeRun()) {
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(ManyCase.class))
                            .configurationParameters(run.parameters())
                            .build());

            assertThat(USED).hasSize(2);
            double ratio = (double) USED.get(1) / USED.get(0);
            System.out.printf("heap after %d and %d namespaces: %s, ratio %.3f%n", FEW, MANY, USED, ratio);
            assertThat(run.cluster().everCreated()).hasSize(MANY);
            assertThat(run.cluster().namespaces()).isEmpty();
            assertThat(ratio).isLessThan(1.15);
        }
    }

    @StatefulCluster(provider = ProviderKind.EMBEDDED, namespacePer = NamespacePer.METHOD)
    static class HundredOnEmbeddedCase {

        @RepeatedTest(100)
        void test(StatefulKit kit, Info info) {
            assertThat(kit.namespace()).isEqualTo(info.namespace());
        }
    }

    @StatefulCluster(provider = ProviderKind.EMBEDDED)
    static class OneOnEmbeddedCase {

        @Test
        void test(StatefulKit kit, Info info) {
            assertThat(kit.namespace()).isEqualTo(info.namespace());
        }
    }

    /** JUnit keeps what it knows of each test of a run, so that these are many runs. */
    @Test
    void an_embedded_cluster_does_not_grow_either() {
        List<Long> heaps = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(HundredOnEmbeddedCase.class))
                            .build());
            if (run % 5 == 0) {
                letTheLastChangesGrowOld();
                heaps.add(used());
            }
        }

        System.out.printf("heap after each 500 namespaces on an embedded cluster: %s%n", heaps);
        double grown =
                (least(heaps.subList(heaps.size() / 2, heaps.size())) - least(heaps.subList(0, heaps.size() / 2)))
                        / 1e6;
        System.out.printf(
                "the least heap of the second half of %d namespaces is %.2f MB above that of the first%n",
                RUNS * 100, grown);
        // A quarter of a kilobyte each; twelve of them, as it was once, were 24 MB.
        assertThat(grown).isLessThan(0.5);
    }

    /** A store keeps the changes of the last ten seconds, as many as there are, and sheds older ones with the next. */
    private static void letTheLastChangesGrowOld() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ofSeconds(11))
                .until(() -> true);
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(OneOnEmbeddedCase.class))
                        .build());
    }

    private static long least(List<Long> heaps) {
        return heaps.stream().mapToLong(Long::longValue).min().orElseThrow();
    }
}
