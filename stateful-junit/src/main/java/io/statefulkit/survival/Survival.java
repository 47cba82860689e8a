package io.statefulkit.survival;

import io.statefulkit.handle.Handle;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.power.Powers;
import io.statefulkit.survival.disruption.power.ProcessKill;
import io.statefulkit.survival.ledger.LedgerOptions;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.verdict.Requirements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A run that writes rows to a database all the time, does one thing after another to its pods, and tells whether every acknowledged row is
 * still there.
 *
 * <pre>{@code
 * SurvivalResult result = Survival.of(database)
 *         .killingWith(cluster.faults()::kill)
 *         .through(deletePod(), crashProcess());
 * }</pre>
 *
 * <p>Immutable: every setting returns a new value.
 */
public final class Survival {

    private final Subject subject;
    private final SurvivalOptions options;
    private final Powers powers;
    private final Consumer<String> progress;

    private Survival(Subject subject, SurvivalOptions options, Powers powers, Consumer<String> progress) {
        this.subject = subject;
        this.options = options;
        this.powers = powers;
        this.progress = progress;
    }

    /** A run on this database, with 100 rows a second over 8 connections. */
    public static Survival of(Subject subject) {
        return new Survival(
                subject,
                SurvivalOptions.defaults(new SplittableRandom().nextLong()),
                Powers.withoutKilling(Set.of(Capability.CORDON), "nobody told the run how: see Survival.with(Powers)"),
                line -> {});
    }

    /** A run on this database, with 100 rows a second over 8 connections. */
    public static Survival of(PostgresHandle database) {
        return of(HandleSubject.of(database));
    }

    /** A run on this database, with 100 rows a second over 8 connections. Needs its JDBC driver on the class path. */
    public static Survival of(MySqlHandle database) {
        return of(HandleSubject.of(database));
    }

    /** A run on this server, with 100 rows a second over 8 connections. */
    public static Survival of(RedisHandle server) {
        return of(HandleSubject.of(server));
    }

    /**
     * A run that writes 20 files a second of 64 to 4096 bytes over 4 connections into a directory of a workload's main container, which
     * needs {@code sh}, {@code dd}, {@code mv}, {@code find} and {@code md5sum}.
     */
    public static Survival ofFiles(Handle workload, String directory) {
        return of(HandleSubject.ofFiles(workload, directory)).writing(20, 4).withPayload(64, 4096);
    }

    /**
     * A run that keeps its rows in whatever the workload is, with 100 rows a second over 8 connections.
     *
     * @param stores makes the store of a run, given the name of the run
     */
    public static Survival of(Handle workload, Function<String, Store> stores) {
        return of(HandleSubject.of(workload, stores));
    }

    /** Kills processes in this way. Without one, a run that has to kill a process is refused before it begins. */
    public Survival killingWith(ProcessKill way) {
        return new Survival(subject, options, Powers.of(way), progress);
    }

    /**
     * Does to the cluster what its API does not offer in this way, such as {@code new EmbeddedPowers(cluster.faults())}. A disruption that
     * needs more is refused before anything happens.
     */
    public Survival with(Powers ways) {
        return new Survival(subject, options, ways, progress);
    }

    /** Tells this listener, in one line each, what the run does. It is called on the thread of the run. */
    public Survival reportingTo(Consumer<String> listener) {
        return new Survival(subject, options, powers, listener);
    }

    /** Writes so many rows a second over so many connections together, while the database answers. */
    public Survival writing(double rowsPerSecond, int connections) {
        return ledger(l -> new LedgerOptions(
                connections, rowsPerSecond, l.minPayload(), l.maxPayload(), l.deletes(), l.timeout(), l.seed()));
    }

    /** Gives an operation so long before it is given up as one of which nobody knows the outcome; 5 seconds unless said otherwise. */
    public Survival answeringWithin(Duration timeout) {
        return ledger(l -> new LedgerOptions(
                l.connections(), l.rate(), l.minPayload(), l.maxPayload(), l.deletes(), timeout, l.seed()));
    }

    /** Writes rows whose content has so many characters; from 64 to 16384 unless said otherwise. */
    public Survival withPayload(int min, int max) {
        return ledger(l -> new LedgerOptions(l.connections(), l.rate(), min, max, l.deletes(), l.timeout(), l.seed()));
    }

    /** Makes this share of the operations, from 0 to below 1, delete an acknowledged row; none unless said otherwise. */
    public Survival deleting(double share) {
        return ledger(l -> new LedgerOptions(
                l.connections(), l.rate(), l.minPayload(), l.maxPayload(), share, l.timeout(), l.seed()));
    }

    /**
     * Writes each row in one transaction with a transfer between two of eight accounts, which also counts it and appends it to a list. So a
     * transaction that was torn apart shows, and a database that applies writes in another order than it acknowledged them. For databases
     * with JDBC, and not together with {@link #deleting}, which it turns off: when that is asked for later on, the run is refused.
     */
    public Survival keepingAccounts() {
        return new Survival(HandleSubject.keepingAccounts(subject), options, powers, progress).deleting(0);
    }

    /** Decides the content of rows and the order of operations; random unless said otherwise. */
    public Survival withSeed(long seed) {
        return ledger(l -> new LedgerOptions(
                l.connections(), l.rate(), l.minPayload(), l.maxPayload(), l.deletes(), l.timeout(), seed));
    }

    /** Disrupts only when so many rows were acknowledged since the last time; 100 unless said otherwise. */
    public Survival afterRows(int acknowledged) {
        return new Survival(
                subject,
                options.withRequirements(
                        new Requirements(acknowledged, options.requirements().acknowledgedAfter())),
                powers,
                progress);
    }

    /** Goes on after each disruption until so many rows were acknowledged; 50 unless said otherwise. */
    public Survival followedByRows(int acknowledged) {
        return new Survival(
                subject,
                options.withRequirements(new Requirements(options.requirements().acknowledgedBefore(), acknowledged)),
                powers,
                progress);
    }

    /** Gives the workload so long to recover from each disruption; 2 minutes unless said otherwise. */
    public Survival recoveringWithin(Duration patience) {
        return new Survival(subject, options.withPatience(patience), powers, progress);
    }

    /** Puts the history and the reports of the run into a directory of its own in this one. */
    public Survival into(Path directory) {
        return new Survival(subject, options.withDirectory(directory), powers, progress);
    }

    /** Does the disruptions one after another and tells what became of the data. */
    public SurvivalResult through(Disruption... disruptions) {
        return through(List.of(disruptions));
    }

    /**
     * Does the disruptions one after another and tells what became of the data. It stops early when data is lost.
     *
     * @throws io.statefulkit.survival.ledger.StoreException when the database cannot be reached at the start
     * @throws io.statefulkit.survival.disruption.power.UnmetNeedException when a disruption is not possible on this cluster; nothing was done then
     * @throws IllegalArgumentException when the run keeps accounts, and rows are to be deleted or an older state to be brought back; nothing was done then
     */
    public SurvivalResult through(List<Disruption> disruptions) {
        return new Run(subject, options, powers, progress).execute(disruptions);
    }

    private Survival ledger(UnaryOperator<LedgerOptions> change) {
        return new Survival(subject, options.withLedger(change.apply(options.ledger())), powers, progress);
    }
}
