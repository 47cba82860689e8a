package io.statefulkit.manifest.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.internal.Marks;
import io.statefulkit.spec.Annotations;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.storage.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which changes of what a server reads when it starts replace its pods. */
class ConfigMarkTest {

    private static final StatefulRedis CACHE =
            StatefulRedis.named("cache").withImage("redis:7.4.1-bookworm").withVolumeClaimTemplate("1Gi");

    @Test
    void another_option_of_redis_replaces_its_pods_and_so_does_taking_it_back() {
        PodTemplateSpec before = template(CACHE);
        PodTemplateSpec four = template(CACHE.withConfig("io-threads", "4"));

        assertThat(four).isNotEqualTo(before).isEqualTo(template(CACHE.withConfig("io-threads", "4")));
        assertThat(template(CACHE.withConfig("io-threads", "2")))
                .isNotEqualTo(before)
                .isNotEqualTo(four);
        assertThat(template(CACHE.withConfig("appendonly", "no"))).isNotEqualTo(before);
    }

    @Test
    void a_deployment_has_the_mark_too() {
        StatefulRedis one = CACHE.asSingleReplicaDeployment(Claim.named("cache"));

        assertThat(template(one.withConfig("io-threads", "4"))).isNotEqualTo(template(one));
    }

    @Test
    void nothing_said_is_no_mark_and_what_is_the_default_says_nothing() {
        assertThat(mark(CACHE)).isEmpty();
        assertThat(mark(CACHE.withConfig("appendonly", "yes"))).isEmpty();
    }

    @Test
    void an_edit_of_the_file_counts_like_a_word_of_the_spec() {
        StatefulRedis more = CACHE.customize(
                ConfigMapBuilder.class,
                map -> map.addToData("redis.conf", map.getData().get("redis.conf") + "io-threads 4\n"));
        StatefulRedis less = CACHE.customize(
                ConfigMapBuilder.class,
                map -> map.addToData(
                        "redis.conf",
                        String.valueOf(map.getData().get("redis.conf")).replaceAll("(?m)^save .*\n", "")));

        assertThat(mark(more)).isPresent().isEqualTo(mark(CACHE.withConfig("io-threads", "4")));
        assertThat(mark(less)).isPresent().isNotEqualTo(mark(more));
    }

    /** Or a new version of this library would replace the pods of everybody who has said anything at all. */
    @Test
    void other_defaults_of_this_library_give_the_same_mark() {
        Map<String, String> now = Map.of("redis.conf", "appendfsync everysec\nsave 60 1\n");
        Map<String, String> later = Map.of("redis.conf", "appendfsync always\nlatency-tracking yes\nsave 30 1\n");

        assertThat(mark(now, "appendfsync everysec\nio-threads 4\nsave 60 1\n"))
                .isPresent()
                .isEqualTo(mark(later, "appendfsync always\nio-threads 4\nlatency-tracking yes\nsave 30 1\n"));
        assertThat(mark(now, "appendfsync everysec\nsave 60 1\n")).isEmpty();
        assertThat(mark(later, "appendfsync always\nlatency-tracking yes\nsave 30 1\n"))
                .isEmpty();
    }

    @Test
    void postgres_and_mysql_get_their_options_as_arguments_and_need_no_mark() {
        StatefulPostgres postgres = StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi");
        StatefulMySql mysql =
                StatefulMySql.named("shop").withImage("mysql:8.4.3").withVolumeClaimTemplate("1Gi");

        assertThat(template(postgres.withConfig("work_mem", "8MB"))).isNotEqualTo(template(postgres));
        assertThat(template(mysql.withConfig("max-connections", "50"))).isNotEqualTo(template(mysql));
        assertThat(mark(postgres.withConfig("work_mem", "8MB"))).isEmpty();
        assertThat(mark(mysql.withConfig("max-connections", "50"))).isEmpty();
    }

    @Test
    void scripts_of_the_first_start_replace_no_pods() {
        StatefulPostgres postgres = StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi")
                .withInitScript("10.sql", "create table a(b int)");

        assertThat(template(postgres.withInitScript("10.sql", "create table c(d int)")))
                .isEqualTo(template(postgres));
    }

    private static Optional<String> mark(Map<String, String> own, String file) {
        HasMetadata map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("cache-config")
                .endMetadata()
                .addToData("redis.conf", file)
                .build();
        HasMetadata set = new StatefulSetBuilder()
                .withNewSpec()
                .withTemplate(new PodTemplateSpecBuilder().build())
                .endSpec()
                .build();
        return mark(template(new ConfigMark("cache-config", own).on(List.of(map, set))));
    }

    private static Optional<String> mark(StatefulSpec spec) {
        return mark(template(spec));
    }

    private static Optional<String> mark(PodTemplateSpec template) {
        return Optional.ofNullable(template.getMetadata())
                .map(meta -> Marks.annotations(meta).get(Annotations.CONFIG));
    }

    private static PodTemplateSpec template(StatefulSpec spec) {
        return template(Renderer.render(spec));
    }

    private static PodTemplateSpec template(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(object -> object instanceof StatefulSet set
                        ? Optional.of(set.getSpec().getTemplate()).stream()
                        : object instanceof Deployment deployment
                                ? Optional.of(deployment.getSpec().getTemplate()).stream()
                                : Optional.<PodTemplateSpec>empty().stream())
                .findFirst()
                .orElseThrow();
    }
}
