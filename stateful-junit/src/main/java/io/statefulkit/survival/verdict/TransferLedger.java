package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Moment;
import io.statefulkit.survival.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The history of accounts between which money is moved, each time in one transaction that also leaves a row. It finds transactions that were
 * torn apart: also when the sum is right by chance, since each account must match the rows beside it. Pure.
 *
 * @param initial what each account held at first
 * @param mayOverdraw whether an account may go below zero
 * @param transfers what was moved
 * @param reads what was read, each at one point in time
 */
public record TransferLedger(
        Map<Integer, Long> initial, boolean mayOverdraw, List<Transfer> transfers, List<Read> reads) {

    /** Copies the collections. */
    public TransferLedger {
        initial = Map.copyOf(initial);
        transfers = List.copyOf(transfers);
        reads = List.copyOf(reads);
    }

    /**
     * One transfer.
     *
     * @param attempt its row and what is known about it
     * @param from the account it takes from
     * @param to the account it gives to
     * @param amount how much
     */
    public record Transfer(Attempt attempt, int from, int to, long amount) {}

    /**
     * One read of all accounts and all rows.
     *
     * @param begun when it was asked for
     * @param ended when the answer came
     * @param balances what each account held
     * @param rows the rows of the transfers that were there
     */
    public record Read(Moment begun, Moment ended, Map<Integer, Long> balances, Set<Element> rows) {

        /** Copies the collections. */
        public Read {
            balances = Map.copyOf(balances);
            rows = Set.copyOf(rows);
        }
    }

    /** Every read that cannot be explained. */
    public List<Breach> check() {
        List<Breach> breaches = new ArrayList<>();
        for (Read read : reads) {
            rows(read, breaches);
            accounts(read, breaches);
            whole(read, breaches);
        }
        return breaches;
    }

    private void rows(Read read, List<Breach> breaches) {
        Map<Element, Transfer> attempted = new HashMap<>();
        for (Transfer transfer : transfers) {
            Attempt attempt = transfer.attempt();
            attempted.put(attempt.element(), transfer);
            boolean isThere = read.rows().contains(attempt.element());
            if (attempt.isAcknowledged() && attempt.ended().isBefore(read.begun()) && !isThere) {
                breaches.add(
                        new Breach(Law.KEPT, read.begun(), attempt.element().toString()));
            } else if (attempt.outcome() == Outcome.FAIL && isThere) {
                breaches.add(
                        new Breach(Law.REFUSED, read.begun(), attempt.element().toString()));
            }
        }
        read.rows().stream()
                .filter(row -> !attempted.containsKey(row))
                .sorted()
                .forEach(row -> breaches.add(new Breach(Law.ATTEMPTED, read.begun(), row.toString())));
    }

    private void accounts(Read read, List<Breach> breaches) {
        if (!read.balances().keySet().equals(initial.keySet())) {
            breaches.add(new Breach(
                    Law.ACCOUNTS,
                    read.begun(),
                    new TreeMap<>(read.balances()).keySet() + ", expected " + new TreeMap<>(initial).keySet()));
        }
        long sum = sum(read.balances());
        if (sum != sum(initial)) {
            breaches.add(new Breach(Law.SUM, read.begun(), sum + ", expected " + sum(initial)));
        }
        if (!mayOverdraw) {
            new TreeMap<>(read.balances()).forEach((account, balance) -> {
                if (balance < 0) {
                    breaches.add(new Breach(Law.COVERED, read.begun(), "account " + account + " holds " + balance));
                }
            });
        }
    }

    private void whole(Read read, List<Breach> breaches) {
        Map<Integer, Long> expected = new TreeMap<>(initial);
        transfers.stream()
                .filter(transfer -> read.rows().contains(transfer.attempt().element()))
                .forEach(transfer -> {
                    expected.merge(transfer.from(), -transfer.amount(), Long::sum);
                    expected.merge(transfer.to(), transfer.amount(), Long::sum);
                });
        expected.forEach((account, balance) -> {
            Long held = read.balances().get(account);
            if (held != null && !held.equals(balance)) {
                breaches.add(new Breach(
                        Law.WHOLE,
                        read.begun(),
                        "account " + account + " holds " + held + ", its transfers say " + balance));
            }
        });
    }

    private static long sum(Map<Integer, Long> balances) {
        return balances.values().stream().mapToLong(Long::longValue).sum();
    }
}
