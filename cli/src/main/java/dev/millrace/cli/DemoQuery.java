package dev.millrace.cli;

import dev.millrace.testkit.ResultComparison;

/** The queries that the demonstration keeps live, and how each is shown. All read the testkit's shop. */
enum DemoQuery {
    NOTED_ORDERS("Open orders with a note", "", """
            SELECT id, customer_id, status, note, placed
            FROM orders
            WHERE note IS NOT NULL AND status IN ('new', 'paid')"""),

    NEW_ORDERS("New orders of newsletter readers", "", """
            SELECT o.id, c.name, c.city, o.placed
            FROM orders o
            JOIN customers c ON c.id = o.customer_id
            WHERE o.status = 'new' AND c.newsletter"""),

    REVENUE("Revenue by city", "", """
            SELECT c.city, COUNT(*) AS items, SUM(i.quantity * i.price) AS revenue
            FROM customers c
            JOIN orders o ON o.customer_id = c.id
            JOIN order_items i ON i.order_id = o.id
            WHERE o.status <> 'cancelled'
            GROUP BY c.city
            HAVING SUM(i.quantity * i.price) > 5000"""),

    TOP_CATEGORIES("Top 8 categories by stock value", " ORDER BY total DESC, category_id LIMIT 8", """
            WITH per_category AS (
                SELECT category_id, COUNT(*) AS n, SUM(price * stock) AS total
                FROM products
                GROUP BY category_id)
            SELECT category_id, n, total
            FROM per_category"""),

    IDLE_CUSTOMERS("Customers without an open order", "", """
            SELECT c.id, c.name, c.city
            FROM customers c
            LEFT JOIN orders o ON o.customer_id = c.id AND o.status IN ('new', 'paid')
            WHERE o.id IS NULL""");

    private final String title;
    private final String order;
    private final String select;

    DemoQuery(String title, String order, String select) {
        this.title = title;
        this.order = order;
        this.select = select;
    }

    String title() {
        return title;
    }

    String sql() {
        return select + order;
    }

    boolean isOrdered() {
        return !order.isEmpty();
    }

    /** How its current result is compared with Postgres's. */
    ResultComparison comparison() {
        return isOrdered() ? ResultComparison.ORDERED : ResultComparison.UNORDERED;
    }
}
