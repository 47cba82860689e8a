package io.statefulkit.survival;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Books;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Reading;
import io.statefulkit.survival.ledger.Move;
import io.statefulkit.survival.verdict.AppendLedger;
import io.statefulkit.survival.verdict.Breach;
import io.statefulkit.survival.verdict.CounterLedger;
import io.statefulkit.survival.verdict.TransferLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Looks at the accounts of a run as what they are: transfers, counters and lists. Pure.
 *
 * @param history what was written and read
 */
record Accounting(History history) {

    /** Every law that was broken, for all accounts. */
    List<Breach> check() {
        List<Breach> breaches = new ArrayList<>(transfers().check());
        for (int account = 0; account < Move.ACCOUNTS; account++) {
            breaches.addAll(counter(account).check());
            breaches.addAll(list(account).check());
        }
        return breaches;
    }

    private List<Reading> readings() {
        return history.readings().stream()
                .filter(reading -> reading.books().isPresent())
                .toList();
    }

    private static Books of(Reading reading) {
        return reading.books().orElseThrow();
    }

    private static Books.Account of(Reading reading, int account) {
        return Objects.requireNonNull(of(reading).accounts().get(account));
    }

    private TransferLedger transfers() {
        Map<Integer, Long> initial =
                IntStream.range(0, Move.ACCOUNTS).boxed().collect(toMap(account -> account, account -> Move.INITIAL));
        return new TransferLedger(
                initial,
                true,
                history.writes().stream().map(Accounting::transfer).toList(),
                readings().stream()
                        .map(reading -> new TransferLedger.Read(
                                reading.begun(),
                                reading.ended(),
                                of(reading).accounts().entrySet().stream()
                                        .collect(toMap(
                                                Entry::getKey,
                                                entry -> entry.getValue().balance())),
                                reading.present().stream().collect(toSet())))
                        .toList());
    }

    private static TransferLedger.Transfer transfer(Attempt write) {
        Move move = Move.of(write.element());
        return new TransferLedger.Transfer(write, move.from(), move.to(), move.amount());
    }

    private List<Attempt> into(int account) {
        return history.writes().stream()
                .filter(write -> Move.of(write.element()).to() == account)
                .toList();
    }

    private CounterLedger counter(int account) {
        return new CounterLedger(
                into(account).stream()
                        .map(write -> new CounterLedger.Addition(write.begun(), write.ended(), write.outcome(), 1))
                        .toList(),
                readings().stream()
                        .filter(reading -> of(reading).accounts().containsKey(account))
                        .map(reading -> new CounterLedger.Read(
                                reading.begun(),
                                reading.ended(),
                                of(reading, account).received()))
                        .toList());
    }

    private AppendLedger list(int account) {
        return new AppendLedger(
                into(account),
                readings().stream()
                        .filter(reading -> of(reading).accounts().containsKey(account))
                        .map(reading -> new AppendLedger.Read(
                                reading.begun(),
                                reading.ended(),
                                of(reading, account).items()))
                        .toList());
    }
}
