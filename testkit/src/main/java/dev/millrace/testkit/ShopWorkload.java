package dev.millrace.testkit;

import dev.millrace.testkit.Workload.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A busy day in the {@link Shop}: customers order, pay and cancel, prices change, products are discontinued and old orders are removed, in
 * transactions over several tables, of which one in forty is rolled back.
 */
public final class ShopWorkload implements Workload.Transactions {
    private final AtomicLong lastOrder = new AtomicLong(Shop.ORDERS);

    private ShopWorkload() {}

    /** Starts writing, with three writers. The shop must have been created. */
    public static Workload start(PostgresServer server, double rate, long seed) {
        return Workload.start(server, 3, rate, seed, new ShopWorkload());
    }

    @Override
    public Outcome write(Connection connection, Random random) throws SQLException {
        int rows = switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> order(connection, random);
            case 5, 6, 7, 8, 9 -> pay(connection, random);
            case 10, 11 -> cancel(connection, random);
            case 12, 13 -> changePrice(connection, random);
            case 14 -> moveCategory(connection, random);
            case 15 -> editCustomer(connection, random);
            default -> remove(connection, random);
        };
        return new Outcome(random.nextInt(40) != 0, rows);
    }

    /** Reads prices, inserts the order and its items and takes them from stock, in the order of the products so as not to deadlock. */
    private int order(Connection connection, Random random) throws SQLException {
        long order;
        String insert =
                "INSERT INTO orders (customer_id, status, note, placed) VALUES (?, 'new', ?, clock_timestamp()) RETURNING id";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setInt(1, 1 + random.nextInt(Shop.CUSTOMERS));
            statement.setString(2, random.nextInt(5) == 0 ? "note " + random.nextInt(100) : null);
            try (ResultSet id = statement.executeQuery()) {
                id.next();
                order = id.getLong(1);
            }
        }
        lastOrder.accumulateAndGet(order, Math::max);
        int rows = 1;
        int[] products = random.ints(1 + random.nextInt(5), 1, Shop.PRODUCTS + 1)
                .distinct()
                .sorted()
                .toArray();
        for (int line = 0; line < products.length; line++) {
            int quantity = 1 + random.nextInt(4);
            rows += update(connection, """
                    INSERT INTO order_items SELECT ?, ?, id, ?, price FROM products WHERE id = ?
                    """, order, line + 1, quantity, products[line]);
            rows += update(connection, """
                    UPDATE products SET stock = CASE WHEN stock < ? THEN stock + 500 ELSE stock - ? END, updated = localtimestamp WHERE id = ?
                    """, quantity, quantity, products[line]);
        }
        return rows;
    }

    private int pay(Connection connection, Random random) throws SQLException {
        return update(connection, """
                UPDATE orders SET status = CASE status WHEN 'new' THEN 'paid' ELSE 'shipped' END, paid = coalesce(paid, clock_timestamp())
                WHERE id = (SELECT id FROM orders WHERE status IN ('new', 'paid') AND id >= ? ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                """, someOrder(random));
    }

    /** Half of the cancelled orders lose their items too. */
    private int cancel(Connection connection, Random random) throws SQLException {
        String cancel = """
                UPDATE orders SET status = 'cancelled', paid = NULL
                WHERE id = (SELECT id FROM orders WHERE status <> 'cancelled' AND id >= ? ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id
                """;
        try (PreparedStatement statement = connection.prepareStatement(cancel)) {
            statement.setLong(1, someOrder(random));
            try (ResultSet cancelled = statement.executeQuery()) {
                if (!cancelled.next()) {
                    return 0;
                }
                return random.nextBoolean()
                        ? 1 + update(connection, "DELETE FROM order_items WHERE order_id = ?", cancelled.getLong(1))
                        : 1;
            }
        }
    }

    private int changePrice(Connection connection, Random random) throws SQLException {
        int product = 1 + random.nextInt(Shop.PRODUCTS);
        int percent = 90 + random.nextInt(21);
        return update(connection, """
                UPDATE products SET price = greatest(0.99, least(price * ? / 100, 999.99)), discontinued = ?, updated = localtimestamp WHERE id = ?
                """, percent, random.nextInt(10) == 0, product);
    }

    private int moveCategory(Connection connection, Random random) throws SQLException {
        @Nullable Integer category = random.nextInt(6) == 0 ? null : 1 + random.nextInt(Shop.CATEGORIES);
        return update(
                connection,
                "UPDATE products SET category_id = ? WHERE id = ?",
                category,
                1 + random.nextInt(Shop.PRODUCTS));
    }

    private int editCustomer(Connection connection, Random random) throws SQLException {
        String city = Shop.CITIES.get(random.nextInt(Shop.CITIES.size()));
        return update(
                connection,
                "UPDATE customers SET city = ?, newsletter = NOT newsletter WHERE id = ?",
                city,
                1 + random.nextInt(Shop.CUSTOMERS));
    }

    /** As many orders go as come, on average, so that the shop keeps its size. */
    private int remove(Connection connection, Random random) throws SQLException {
        String orders = "SELECT id FROM orders WHERE id >= ? ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED";
        int rows = 0;
        try (PreparedStatement statement = connection.prepareStatement(orders)) {
            statement.setLong(1, someOrder(random));
            statement.setInt(2, random.nextInt(4) == 0 ? 2 : 1);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows += update(connection, "DELETE FROM order_items WHERE order_id = ?", found.getLong(1));
                    rows += update(connection, "DELETE FROM orders WHERE id = ?", found.getLong(1));
                }
            }
        }
        return rows;
    }

    private long someOrder(Random random) {
        return 1 + random.nextLong(lastOrder.get());
    }

    private static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] == null) {
                    statement.setNull(i + 1, Types.INTEGER);
                } else {
                    statement.setObject(i + 1, parameters[i]);
                }
            }
            return statement.executeUpdate();
        }
    }
}
