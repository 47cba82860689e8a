package io.statefulkit.spec.job;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.regex.Pattern;

/**
 * When something happens again and again.
 *
 * @param cron five fields: minute, hour, day of month, month, day of week from 0, which is Sunday
 * @param zone time zone of the fields; UTC unless said, never the node's own
 */
public record Schedule(String cron, String zone) {

    /** Other crons take 7 for Sunday too. A step of 7 is no day. */
    private static final Pattern SEVENTH_DAY = Pattern.compile("(?<![0-9/])7(?![0-9])[^\\s]*\\s*$");

    public Schedule {
        try {
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(cron)
                    .validate();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cron must be five fields like '0 17 * * *' but was '%s': %s".formatted(cron, e.getMessage()), e);
        }
        if (SEVENTH_DAY.matcher(cron).find()) {
            throw new IllegalArgumentException(
                    "cron must call Sunday 0 or SUN, since days of the week end with 6, but was '%s'".formatted(cron));
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "zone must be a time zone like 'Europe/Berlin' but was '%s'".formatted(zone), e);
        }
        // Offsets are zones for Java, but not for Kubernetes.
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new IllegalArgumentException(
                    "zone must be the name of a time zone like 'Europe/Berlin' but was '%s'".formatted(zone));
        }
    }

    /** Return this schedule in UTC. */
    public static Schedule cron(String fields) {
        return new Schedule(fields, "UTC");
    }

    /** Read the fields in this time zone. */
    public Schedule zone(String zone) {
        return new Schedule(cron, zone);
    }
}
