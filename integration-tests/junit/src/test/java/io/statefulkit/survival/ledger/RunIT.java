package io.statefulkit.survival.ledger;

import static io.statefulkit.survival.disruption.Disruptions.backupAndRestore;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.evictPod;
import static io.statefulkit.survival.disruption.Disruptions.forceDeletePod;
import static io.statefulkit.survival.disruption.Disruptions.rolloutRestart;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.testing.Idle;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.disruption.BackupPlan;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.Target;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.EmbeddedPowers;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.disruption.workload.Workload;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.HistoryFile;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** How runs end that do not go as planned, and what keeps one from beginning. The rows are in the memory of the test, so that pods start at once. */
@TestInstance(Lifecycle.PER_CLASS)
class RunIT {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final EmbeddedCluster cluster =
            EmbeddedCluster.start(EmbeddedOptions.defaults().withRestartBackOff(PAUSE, PAUSE));
    private final KubernetesClient client = cluster.client();

    @TempDir
    private Path reports;

    @AfterAll
    void closeCluster() {
        cluster.close();
    }

    private WorkloadHandle deploy(String name) {
        return StatefulKit.on(client).inNamespace("default").deploy(Idle.onClaim(name));
    }

    /** Rows that are as safe as this JVM, whatever happens to the pod. */
    private Survival survival(WorkloadHandle workload) {
        return survival(workload, run -> new FakeStore(new Payload(7, 1, 10), run));
    }

    private Survival survival(WorkloadHandle workload, Function<String, Store> store) {
        return Survival.of(workload, store)
                .with(new EmbeddedPowers(cluster.faults()))
                .withSeed(7)
                .withPayload(1, 10)
                .writing(400, 4)
                .afterRows(50)
                .followedByRows(20)
                .into(reports);
    }

    @Test
    void a_restore_that_throws_ends_the_run_without_blame_and_with_its_history() {
        SurvivalResult result = survival(deploy("unrestored"))
                .through(
                        backupAndRestore(new BackupPlan() {
                            @Override
                            public String name() {
                                return "broken";
                            }

                            @Override
                            public boolean keeps(String claim) {
                                return false;
                            }

                            @Override
                            public Runnable backUp() {
                                return () -> {
                                    throw new IllegalStateException("the dump is truncated");
                                };
                            }
                        }),
                        deletePod());

        assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.reasons())
                .anyMatch(reason -> reason.contains("course of backupAndRestore(broken)")
                        && reason.contains("the dump is truncated"))
                .contains(
                        "backupAndRestore(broken) took the data away and did not bring it back: no row was read after"
                                + " it",
                        "not done any more: deletePod(0)");
        History history = HistoryFile.read(result.history());
        assertThat(history.acknowledged().count()).isGreaterThanOrEqualTo(50);
        assertThat(result.steps()).hasSize(1);
        assertThat(result.steps().get(0).happening().evidence())
                .anyMatch(evidence -> evidence.what().equals("course of backupAndRestore(broken)") && !evidence.met());
    }

    @Test
    void a_disruption_that_throws_ends_with_a_verdict() {
        SurvivalResult result = survival(deploy("unharmed")).through(new Disruption() {
            @Override
            public String name() {
                return "planted";
            }

            @Override
            public void inject(Workload workload, Snapshot before) {
                throw new AssertionError("expected something else");
            }

            @Override
            public List<Evidence> evidence(Observation seen) {
                return List.of(new Evidence("it", "", "", true));
            }
        });

        assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.reasons())
                .anyMatch(reason -> reason.startsWith("planted did not happen as it must: course of planted")
                        && reason.contains("expected something else"));
        assertThat(HistoryFile.read(result.history()).readings())
                .as("the rows were read")
                .isNotEmpty();
    }

    /** As of a drain that a disruption budget holds up, or of a claim that does not go. */
    @Test
    void a_disruption_whose_time_is_up_half_way_says_so_and_shows_what_it_has_done() {
        SurvivalResult result = survival(deploy("unfinished"))
                .through(
                        new Disruption() {
                            @Override
                            public String name() {
                                return "planted";
                            }

                            @Override
                            public void inject(Workload workload, Snapshot before) {
                                PodState old = before.require(0);
                                workload.deletePod(old.name(), old.uid(), true);
                                workload.await("the impossible", now -> false);
                            }

                            @Override
                            public List<Evidence> evidence(Observation seen) {
                                PodState old = seen.before().require(0);
                                return List.of(Evidence.changed(
                                        "uid of pod " + old.name(),
                                        old.uid(),
                                        seen.now(old).map(PodState::uid).orElse(old.uid())));
                            }
                        }.recoveringWithin(Duration.ofSeconds(5)));

        assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.reasons())
                .anyMatch(reason -> reason.startsWith("planted did not happen as it must: course of planted: begun ->"
                                + " time is up: Condition with alias 'the impossible' didn't complete within 5 seconds")
                        && !reason.contains("because"));
        assertThat(result.steps().get(0).happening().evidence())
                .filteredOn(Evidence::met)
                .extracting(Evidence::what)
                .containsExactly("uid of pod unfinished-0");
        assertThat(result.steps().get(0).happening().seen().trail()).isNotEmpty();
    }

    @Test
    void files_survive_what_happens_to_the_pod_that_serves() {
        SurvivalResult result = Survival.ofFiles(deploy("served"), "/data")
                .with(new EmbeddedPowers(cluster.faults()))
                .writing(40, 4)
                .afterRows(20)
                .followedByRows(10)
                .into(reports)
                .through(crashProcess()
                        .on(Target.primary())
                        .then(deletePod().on(Target.serving()))
                        .then(forceDeletePod()));

        assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.steps())
                .extracting(step -> step.happening().disruption())
                .containsExactly("crashProcess(primary)", "deletePod(serving)", "forceDeletePod(0)");
    }

    @Test
    void rows_that_are_there_in_another_database_prove_nothing() {
        List<FakeStore> stores = new CopyOnWriteArrayList<>();
        SurvivalResult result = survival(deploy("impostor"), run -> {
                    stores.add(new FakeStore(new Payload(7, 1, 10), run));
                    return stores.get(stores.size() - 1);
                })
                .through(new Disruption() {
                    @Override
                    public String name() {
                        return "exchanged";
                    }

                    @Override
                    public void inject(Workload workload, Snapshot before) {
                        stores.forEach(store -> store.become("another"));
                    }

                    @Override
                    public List<Evidence> evidence(Observation seen) {
                        return List.of(new Evidence("it", "", "", true));
                    }
                });

        assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.lost()).isZero();
        assertThat(result.reasons()).contains("it is another database than at the start: identity fake -> another");
    }

    @Test
    void a_deployment_that_is_paused_is_not_restarted() {
        WorkloadHandle workload = StatefulKit.on(client)
                .inNamespace("default")
                .deploy(Idle.program("paused")
                        .asSingleReplicaDeployment(Claim.named("paused-data").size("1Gi"), "/data"));
        client.apps()
                .deployments()
                .inNamespace("default")
                .withName("paused")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"paused\":true}}");

        assertThatThrownBy(() -> survival(workload).through(rolloutRestart()))
                .isInstanceOf(UnmetNeedException.class)
                .hasMessageContaining("it is paused, so that a change of its template replaces no pod");
    }

    /** Nothing is written before, and nothing is done. */
    @Test
    void what_a_workload_does_not_allow_is_named_before_anything_happens() {
        WorkloadHandle workload = deploy("guarded");
        patch("guarded", "{\"spec\":{\"updateStrategy\":{\"rollingUpdate\":{\"partition\":1}}}}");
        assertRefused(
                workload,
                rolloutRestart(),
                "its update strategy has the partition 1, so that a change of its template replaces no pod with a lower"
                        + " ordinal");
        patch("guarded", "{\"spec\":{\"updateStrategy\":{\"type\":\"OnDelete\",\"rollingUpdate\":null}}}");
        client.resource("""
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: nobody-leaves, namespace: default}
            spec:
              maxUnavailable: 0
              selector: {matchLabels: {app.kubernetes.io/name: guarded}}
            """).create();

        assertRefused(
                workload,
                rolloutRestart(),
                "its update strategy is OnDelete, so that a change of its template replaces no pod");
        assertRefused(
                workload,
                evictPod(),
                "the disruption budget nobody-leaves allows no eviction while all of its pods are ready, and would not"
                        + " later");
        assertRefused(workload, deletePod().on(Target.pod(7)), "there is no pod 7: 1 replicas wanted, guarded-0 ready");
        assertThat(reports).isEmptyDirectory();
    }

    private void assertRefused(WorkloadHandle workload, Disruption disruption, String reason) {
        assertThatThrownBy(() -> survival(workload).through(disruption))
                .isInstanceOf(UnmetNeedException.class)
                .hasMessage(disruption.name() + " cannot be done to StatefulSet default/" + workload.name() + ": "
                        + reason);
    }

    private void patch(String name, String mergePatch) {
        client.apps()
                .statefulSets()
                .inNamespace("default")
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
    }
}
