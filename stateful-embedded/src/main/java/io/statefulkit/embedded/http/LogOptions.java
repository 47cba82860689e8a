package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.LongNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.value.TimeText;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be asked of a log. */
final class LogOptions {

    private static final List<String> STREAMS = List.of("All", "Stderr", "Stdout");

    private LogOptions() {}

    /** Refuses what makes no sense, whether there is such a pod or not. */
    static void check(String pod, Query query) {
        query.present("sinceTime").ifPresent(LogOptions::checkTime);
        List<Violation> wrong = new ArrayList<>();
        atLeast(0, "tailLines", "must be greater than or equal to 0", query, wrong);
        atLeast(1, "limitBytes", "must be greater than 0", query, wrong);
        if (query.number("sinceSeconds").isPresent() && !query.text("sinceTime").isEmpty()) {
            wrong.add(Violation.forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        } else {
            atLeast(1, "sinceSeconds", "must be greater than 0", query, wrong);
        }
        String stream = query.text("stream");
        if (!stream.isEmpty() && !STREAMS.contains(stream)) {
            wrong.add(Violation.unsupported("stream", stream, STREAMS));
        }
        if (!wrong.isEmpty()) {
            throw Refusal.of(Failures.invalid("", "PodLogOptions", pod, wrong));
        }
    }

    /** Returns since when lines are wanted, if that is said by a time: in whole seconds, as an API server passes it on. */
    static Optional<String> since(Query query) {
        return query.present("sinceTime").map(TimeText.SECONDS::canonical);
    }

    private static void checkTime(String time) {
        try {
            TimeText.SECONDS.canonical(time);
        } catch (DateTimeException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static void atLeast(long least, String name, String otherwise, Query query, List<Violation> wrong) {
        query.number(name).ifPresent(value -> {
            if (value < least) {
                wrong.add(Violation.invalid(name, LongNode.valueOf(value), otherwise));
            }
        });
    }
}
