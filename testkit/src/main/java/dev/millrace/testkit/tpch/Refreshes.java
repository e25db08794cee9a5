package dev.millrace.testkit.tpch;

import io.trino.tpch.LineItem;
import io.trino.tpch.Order;
import io.trino.tpch.TpchTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The refresh functions of the specification (2.5): transactions that insert new orders with their line items, and ones that delete orders, the first inserted first. When
 * the orders that were held back have all been inserted, the ones that were deleted come again. For use by one thread, which is the only one that changes orders.
 */
public final class Refreshes {
    /** An order and its line items. */
    private record Whole(Order order, List<LineItem> items) {
        int rows() {
            return 1 + items.size();
        }
    }

    private final Deque<Whole> outside = new ArrayDeque<>();
    private final Deque<Whole> inside = new ArrayDeque<>();
    private final Connection connection;

    /** Of this benchmark in the database of this connection, which commits by itself. */
    public Refreshes(Tpch tpch, Connection connection) {
        this.connection = connection;
        Iterator<LineItem> items = TpchTable.LINE_ITEM
                .createGenerator(tpch.scale(), Tpch.PARTS, Tpch.PARTS)
                .iterator();
        LineItem item = items.next();
        for (Order order : TpchTable.ORDERS.createGenerator(tpch.scale(), Tpch.PARTS, Tpch.PARTS)) {
            List<LineItem> own = new ArrayList<>();
            while (item.getOrderKey() == order.getOrderKey()) {
                own.add(item);
                if (!items.hasNext()) {
                    break;
                }
                item = items.next();
            }
            outside.add(new Whole(order, List.copyOf(own)));
        }
    }

    /**
     * Inserts, in one transaction, so many orders that there are at least this many rows.
     *
     * @return how many rows
     */
    public int insert(int rows) throws SQLException {
        List<Whole> inserted = take(outside, rows);
        transaction(() -> {
            Tpch.copy(connection, "orders", inserted.stream().map(Whole::order).toList());
            Tpch.copy(
                    connection,
                    "lineitem",
                    inserted.stream().flatMap(whole -> whole.items().stream()).toList());
        });
        inside.addAll(inserted);
        return rowsOf(inserted);
    }

    /**
     * Deletes, in one transaction, so many of the inserted orders that there are at least this many rows.
     *
     * @return how many rows
     */
    public int delete(int rows) throws SQLException {
        List<Whole> deleted = take(inside, rows);
        Object[] keys =
                deleted.stream().map(whole -> (int) whole.order().getOrderKey()).toArray();
        transaction(() -> {
            for (String statement : List.of(
                    "DELETE FROM lineitem WHERE l_orderkey = ANY (?)",
                    "DELETE FROM orders WHERE o_orderkey = ANY (?)")) {
                try (PreparedStatement delete = connection.prepareStatement(statement)) {
                    delete.setArray(1, connection.createArrayOf("int4", keys));
                    delete.executeUpdate();
                }
            }
        });
        outside.addAll(deleted);
        return rowsOf(deleted);
    }

    private static int rowsOf(List<Whole> orders) {
        return orders.stream().mapToInt(Whole::rows).sum();
    }

    private static List<Whole> take(Deque<Whole> from, int rows) {
        List<Whole> taken = new ArrayList<>();
        for (int left = rows; left > 0; left -= taken.getLast().rows()) {
            if (from.isEmpty()) {
                throw new IllegalStateException("there are not as many as " + rows + " rows of orders");
            }
            taken.add(from.removeFirst());
        }
        return taken;
    }

    /** Some statements. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private void transaction(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
