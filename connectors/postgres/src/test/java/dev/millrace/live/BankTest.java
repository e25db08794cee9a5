package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultRow;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.SnapshotOracle;
import dev.millrace.testkit.Workload;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Money only moves: whatever is transferred between ten accounts, by however many sessions and rows a transaction, every state that is told
 * adds up to nothing. A view that were a moment ahead of another, or a transaction told in two parts, would show here.
 */
@Tag("N-5")
class BankTest {
    private static final int ACCOUNTS = 10;
    private static final int TRANSACTIONS = 400;
    private static final String BALANCE = """
            WITH credits AS (SELECT target AS account, sum(amount) AS amount FROM transfers GROUP BY target),
                debits AS (SELECT source AS account, sum(amount) AS amount FROM transfers GROUP BY source),
                balance AS (SELECT c.account, c.amount - d.amount AS balance FROM credits c JOIN debits d ON c.account = d.account)
            """;
    private static final String CREDITS =
            "SELECT target AS account, sum(amount) AS amount FROM transfers GROUP BY target";
    private static final String DEBITS =
            "SELECT source AS account, sum(amount) AS amount FROM transfers GROUP BY source";
    private static final String BALANCES = BALANCE + "SELECT account, balance FROM balance";
    private static final String TOTAL = BALANCE + "SELECT sum(balance) AS total FROM balance";
    private static final String PAIRS = BALANCE
            + "SELECT a.account, a.balance, b.account AS other, b.balance AS same FROM balance a LEFT JOIN balance b ON a.account = b.account";

    @Test
    void every_state_adds_up_to_nothing() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("BankTest: seed " + seed + " (reproduce with -Dmillrace.seed=" + seed + ")");
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        try (PostgresServer server = PostgresServer.start();
                SnapshotOracle oracle = SnapshotOracle.open(server);
                Millrace db = Millrace.inMemory()) {
            server.execute("CREATE TABLE transfers (id bigserial PRIMARY KEY, source int, target int, amount bigint);"
                    + "INSERT INTO transfers (source, target, amount) SELECT i, (i + 1) % " + ACCOUNTS
                    + ", 100 FROM generate_series(0, " + (ACCOUNTS - 1) + ") i");
            db.execute(Watched.createSource(server));
            List<String> queries = List.of(CREDITS, DEBITS, BALANCES, TOTAL, PAIRS);
            States balances = new States(rows -> requireZeroSum(rows, violations));
            States totals = new States(rows -> requireZero(rows, violations));
            States pairs = new States(rows -> requirePairs(rows, violations));
            List<LiveHistory> histories = List.of(
                    new LiveHistory(),
                    new LiveHistory(),
                    new LiveHistory(balances),
                    new LiveHistory(totals),
                    new LiveHistory(pairs));
            List<LiveQuery> live = queries.stream().map(db::live).toList();
            for (int i = 0; i < live.size(); i++) {
                live.get(i).subscribe(histories.get(i));
            }
            try (Workload workload = Workload.start(server, 3, 400, seed, BankTest::transfer)) {
                workload.awaitTransactions(TRANSACTIONS, Watched.PATIENCE);
                workload.stop();
            }
            SnapshotOracle.Snapshot expected = oracle.snapshot(queries);
            for (int i = 0; i < live.size(); i++) {
                histories.get(i).awaitPast(expected.position(), Watched.PATIENCE);
                Watched.assertSame(expected.results().get(i), histories.get(i).at(expected.position()));
            }
            assertEquals(List.of(), List.copyOf(violations), "seed " + seed);
            assertTrue(balances.count.get() > TRANSACTIONS / 2, "states of the balances: " + balances.count);
            assertTrue(pairs.count.get() > TRANSACTIONS / 2, "states of the pairs: " + pairs.count);
            assertEquals(1, totals.count.get(), "the total never changes, so only its first state is told");
        }
    }

    /** One, ten or a thousand transfers, or a correction of some that were made. */
    private static Workload.Outcome transfer(Connection connection, Random random) throws SQLException {
        int choice = random.nextInt(100);
        if (choice < 15) {
            // Not of the first ten, so that every account keeps a credit and a debit.
            try (Statement statement = connection.createStatement()) {
                String which = " WHERE id > " + ACCOUNTS + " AND id % 50 = " + random.nextInt(50);
                int rows = statement.executeUpdate(
                        random.nextBoolean()
                                ? "UPDATE transfers SET amount = amount + 7, target = source" + which
                                : "DELETE FROM transfers" + which);
                return new Workload.Outcome(random.nextInt(10) > 0, rows);
            }
        }
        int rows = choice < 60 ? 1 : choice < 92 ? 10 : 1000;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO transfers (source, target, amount) SELECT (i * ?) % 10, (i * ? + ?) % 10, i % 97 FROM generate_series(1, ?) i")) {
            insert.setInt(1, random.nextInt(ACCOUNTS));
            insert.setInt(2, random.nextInt(ACCOUNTS));
            insert.setInt(3, random.nextInt(ACCOUNTS));
            insert.setInt(4, rows);
            return new Workload.Outcome(random.nextInt(20) > 0, insert.executeUpdate());
        }
    }

    private static void requireZeroSum(List<ResultRow> rows, Queue<String> violations) {
        BigDecimal sum = rows.stream()
                .map(row -> (BigDecimal) Objects.requireNonNull(row.get("balance")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (rows.size() != ACCOUNTS || sum.signum() != 0) {
            violations.add("the balances add up to " + sum + ": " + rows);
        }
    }

    private static void requireZero(List<ResultRow> rows, Queue<String> violations) {
        if (rows.size() != 1 || !(rows.getFirst().get("total") instanceof BigDecimal total) || total.signum() != 0) {
            violations.add("the total is " + rows);
        }
    }

    private static void requirePairs(List<ResultRow> rows, Queue<String> violations) {
        for (ResultRow row : rows) {
            if (!Objects.equals(row.get("account"), row.get("other"))
                    || !Objects.equals(row.get("balance"), row.get("same"))) {
                violations.add("two views of one moment differ: " + row);
            }
        }
        if (rows.size() != ACCOUNTS) {
            violations.add("there are not as many pairs as accounts: " + rows);
        }
    }

    /** Rebuilds each state that is told and has it looked at. That there is one set of changes per LSN is what {@link LiveHistory} checks. */
    private static final class States implements Consumer<Message> {
        private final Map<ResultRow, Integer> rows = new HashMap<>();
        private final Consumer<List<ResultRow>> check;
        private final AtomicInteger count = new AtomicInteger();

        States(Consumer<List<ResultRow>> check) {
            this.check = check;
        }

        @Override
        public void accept(Message message) {
            List<Change> changes = switch (message) {
                case Message.Initial initial -> initial.differences();
                case Message.Changes told -> told.changes();
                default -> List.of();
            };
            if (changes.isEmpty()) {
                return;
            }
            for (Change change : changes) {
                switch (change) {
                    case Change.Insert(ResultRow row) -> add(row, 1);
                    case Change.Delete(ResultRow row) -> add(row, -1);
                    case Change.Update(ResultRow before, ResultRow after) -> {
                        add(before, -1);
                        add(after, 1);
                    }
                }
            }
            count.incrementAndGet();
            List<ResultRow> state = new ArrayList<>();
            rows.forEach((row, times) -> {
                for (int i = 0; i < times; i++) {
                    state.add(row);
                }
            });
            check.accept(state);
        }

        private void add(ResultRow row, int weight) {
            rows.merge(row, weight, (a, b) -> a + b == 0 ? null : a + b);
        }
    }
}
