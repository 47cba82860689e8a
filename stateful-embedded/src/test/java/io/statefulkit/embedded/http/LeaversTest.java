package io.statefulkit.embedded.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaversTest {

    private final Leavers leavers = new Leavers();
    private final List<String> ran = new ArrayList<>();

    @Test
    void a_command_follows_at_once_when_nobody_left_work_behind() {
        Promise<Void> ended = Promise.promise();
        leavers.add("pod", ended.future());
        ended.complete();

        leavers.after("pod", Runnable::run, () -> ran.add("next"));

        assertThat(ran).containsExactly("next");
    }

    @Test
    void a_command_waits_for_what_was_left_in_its_pod_only() {
        Promise<Void> first = Promise.promise();
        Promise<Void> second = Promise.promise();
        leavers.add("pod", first.future());
        leavers.add("pod", second.future());

        leavers.after("pod", Runnable::run, () -> ran.add("waits"));
        leavers.after("other", Runnable::run, () -> ran.add("other"));
        first.complete();
        assertThat(ran).containsExactly("other");
        second.complete();

        assertThat(ran).containsExactly("other", "waits");
    }

    @Test
    void what_never_ends_is_waited_for_once() {
        leavers.add("pod", Promise.<Void>promise().future());
        leavers.after("pod", Runnable::run, () -> {});

        leavers.after("pod", Runnable::run, () -> ran.add("next"));

        assertThat(ran).containsExactly("next");
    }
}
