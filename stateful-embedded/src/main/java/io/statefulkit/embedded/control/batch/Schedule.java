package io.statefulkit.embedded.control.batch;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a cron job runs: five fields, a nickname such as {@code @hourly}, or {@code @every 90s}. */
final class Schedule {

    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final Pattern EVERY_PART = Pattern.compile("([0-9]+)(h|m|s)");
    private static final CronDefinition UNIX = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withValidRange(0, 59)
            .and()
            .withHours()
            .withValidRange(0, 23)
            .and()
            .withDayOfMonth()
            .withValidRange(1, 31)
            .and()
            .withMonth()
            .withValidRange(1, 12)
            .and()
            .withDayOfWeek()
            .withValidRange(0, 7)
            .withMondayDoWValue(1)
            .withIntMapping(7, 0)
            .and()
            .instance();

    private final Optional<ExecutionTime> times;
    private final Duration every;
    private final ZoneId zone;

    private Schedule(Optional<ExecutionTime> times, Duration every, ZoneId zone) {
        this.times = times;
        this.every = every;
        this.zone = zone;
    }

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Schedule parse(String text, ZoneId zone) {
        String trimmed = text.trim();
        if (trimmed.startsWith("@every ")) {
            return new Schedule(
                    Optional.empty(),
                    every(trimmed.substring("@every ".length()).trim()),
                    zone);
        }
        String fields = NICKNAMES.getOrDefault(trimmed, trimmed).replace('?', '*');
        Cron cron = new CronParser(UNIX).parse(fields).validate();
        return new Schedule(Optional.of(ExecutionTime.forCron(cron)), Duration.ZERO, zone);
    }

    /** Returns the first time after {@code after}; counted from {@code start} for a fixed interval. */
    Optional<Instant> next(Instant after, Instant start) {
        if (times.isEmpty()) {
            long passed = Math.max(0, Duration.between(start, after).dividedBy(every));
            return Optional.of(start.plus(every.multipliedBy(passed + 1)));
        }
        return times.get().nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    /** Returns the last time that is after {@code after} and not after {@code until}. */
    Optional<Instant> last(Instant after, Instant until, Instant start) {
        if (times.isEmpty()) {
            long passed = Duration.between(start, until).dividedBy(every);
            return Optional.of(start.plus(every.multipliedBy(passed))).filter(time -> time.isAfter(after));
        }
        // What is looked for is before the time that is given; a whole second, so as not to reach the next minute.
        Instant before = until.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return times.get()
                .lastExecution(before.atZone(zone))
                .map(ZonedDateTime::toInstant)
                .filter(time -> time.isAfter(after) && !time.isAfter(until));
    }

    ZoneId zone() {
        return zone;
    }

    static ZoneId utc() {
        return ZoneOffset.UTC;
    }

    private static Duration every(String text) {
        Matcher parts = EVERY_PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            long amount = Long.parseLong(parts.group(1));
            sum = sum.plus(
                    switch (parts.group(2)) {
                        case "h" -> Duration.ofHours(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofSeconds(amount);
                    });
            end = parts.end();
        }
        if (end != text.length() || sum.isZero()) {
            throw new IllegalArgumentException("expected a duration such as 1h30m, but found \"" + text + "\"");
        }
        return sum;
    }
}
