package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Events;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When the jobs of a cron job are due, and what is told when that cannot be said.
 *
 * @param cronJob the cron job
 * @param events where it is told
 * @param now the time
 */
record CronTimes(Resource cronJob, Events events, Instant now) {

    private static final int MANY_MISSED = 100;

    /** Returns the schedule, unless it is suspended or none. */
    Optional<Schedule> schedule() {
        if (cronJob.spec().path("suspend").asBoolean(false)) {
            return Optional.empty();
        }
        String zone = cronJob.spec().path("timeZone").asText("");
        String text = cronJob.spec().path("schedule").asText("");
        try {
            return Optional.of(Schedule.parse(text, zone.isEmpty() ? Schedule.utc() : ZoneId.of(zone)));
        } catch (DateTimeException e) {
            events.warning(cronJob, "UnknownTimeZone", "invalid timeZone: \"" + zone + "\": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            events.warning(
                    cronJob, "UnparseableSchedule", "unparseable schedule: \"" + text + "\" : " + e.getMessage());
        }
        return Optional.empty();
    }

    /** The last time that was missed, when there is one. */
    Optional<Instant> due(Schedule schedule, Optional<Instant> last) {
        Instant earliest = last.orElseGet(cronJob::created);
        JsonNode deadline = cronJob.spec().path("startingDeadlineSeconds");
        if (deadline.isNumber()) {
            Instant start = now.minusSeconds(deadline.asLong());
            earliest = start.isAfter(earliest) ? start : earliest;
        }
        Optional<Instant> due = schedule.last(earliest, now, cronJob.created());
        if (due.isPresent() && missed(schedule, earliest) > MANY_MISSED) {
            events.warning(
                    cronJob,
                    "TooManyMissedTimes",
                    "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock"
                            + " skew");
        }
        return due;
    }

    private int missed(Schedule schedule, Instant after) {
        int missed = 0;
        Instant time = after;
        while (missed <= MANY_MISSED) {
            Optional<Instant> next = schedule.next(time, cronJob.created());
            if (next.isEmpty() || next.get().isAfter(now)) {
                break;
            }
            time = next.get();
            missed++;
        }
        return missed;
    }
}
