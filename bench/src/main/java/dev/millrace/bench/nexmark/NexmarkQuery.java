package dev.millrace.bench.nexmark;

import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The queries. A text is one that both engines understand, and means what the published one does; where their dialects have no text in common there are two.
 * What else differs from the published text stands at the query.
 */
enum NexmarkQuery {
    /** All bids, as they are. */
    Q0("SELECT auction, bidder, price, date_time, extra FROM bid"),

    /** Prices in another currency. */
    Q1("SELECT auction, bidder, 0.908 * price AS price, date_time, extra FROM bid"),

    /** Bids for some auctions. The cast makes it the remainder of bigints, which Postgres takes without being told. */
    Q2("SELECT auction, price FROM bid WHERE MOD(auction, CAST(123 AS BIGINT)) = 0"),

    /** Who sells in some states, in a category. */
    Q3("""
            SELECT p.name, p.city, p.state, a.id
            FROM auction AS a JOIN person AS p ON a.seller = p.id
            WHERE a.category = 10 AND (p.state = 'OR' OR p.state = 'ID' OR p.state = 'CA')"""),

    /** The average price that auctions of a category end with. Flink's average of bigints is a bigint, which Postgres's is not, so here it is a quotient. */
    Q4("""
            SELECT q.category, CAST(SUM(q.final_price) AS BIGINT) / COUNT(*) AS average
            FROM (
                SELECT MAX(b.price) AS final_price, a.category
                FROM auction AS a JOIN bid AS b ON a.id = b.auction
                WHERE b.date_time BETWEEN a.date_time AND a.expires
                GROUP BY a.id, a.category) AS q
            GROUP BY q.category"""),

    /**
     * The winning bid of each auction. Flink 2.3 takes the rank for one that never changes once the time breaks ties, and does not take back what it said of the
     * bids before; the events have no ties.
     */
    Q9(winningBids("b.price DESC, b.date_time ASC"), winningBids("b.price DESC")),

    /** Bids with what a table beside them says. The table is constant, and joined as any other, not as of a processing time. */
    Q13("""
            SELECT b.auction, b.bidder, b.price, b.date_time, s.remark
            FROM bid AS b JOIN side_input AS s ON MOD(b.auction, CAST(10000 AS BIGINT)) = s.id"""),

    /** Bids of middling prices, the time of day they came at, and a count of letters, for which there the published text has a function of its own. */
    Q14("""
            SELECT auction, bidder, 0.908 * price AS price,
                CASE
                    WHEN SUBSTRING(CAST(date_time AS VARCHAR(30)) FROM 12 FOR 2) BETWEEN '08' AND '18' THEN 'dayTime'
                    WHEN SUBSTRING(CAST(date_time AS VARCHAR(30)) FROM 12 FOR 2) NOT BETWEEN '07' AND '19' THEN 'nightTime'
                    ELSE 'otherTime'
                END AS bid_time_type,
                date_time, extra, CHAR_LENGTH(extra) - CHAR_LENGTH(REPLACE(extra, 'c', '')) AS c_count
            FROM bid WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000"""),

    /** For each day: how many bids, bidders and auctions, of which ranks. The day is a date and not its text, here and below. */
    Q15("""
            SELECT CAST(date_time AS DATE) AS on_day,
                COUNT(*) AS total_bids,
                COUNT(*) FILTER (WHERE price < 10000) AS rank1_bids,
                COUNT(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_bids,
                COUNT(*) FILTER (WHERE price >= 1000000) AS rank3_bids,
                COUNT(DISTINCT bidder) AS total_bidders,
                COUNT(DISTINCT bidder) FILTER (WHERE price < 10000) AS rank1_bidders,
                COUNT(DISTINCT bidder) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_bidders,
                COUNT(DISTINCT bidder) FILTER (WHERE price >= 1000000) AS rank3_bidders,
                COUNT(DISTINCT auction) AS total_auctions,
                COUNT(DISTINCT auction) FILTER (WHERE price < 10000) AS rank1_auctions,
                COUNT(DISTINCT auction) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_auctions,
                COUNT(DISTINCT auction) FILTER (WHERE price >= 1000000) AS rank3_auctions
            FROM bid GROUP BY CAST(date_time AS DATE)"""),

    /** The same for each channel too, and the minute of the last bid. */
    Q16("""
            SELECT channel, CAST(date_time AS DATE) AS on_day,
                MAX(SUBSTRING(CAST(date_time AS VARCHAR(30)) FROM 12 FOR 5)) AS last_minute,
                COUNT(*) AS total_bids,
                COUNT(*) FILTER (WHERE price < 10000) AS rank1_bids,
                COUNT(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_bids,
                COUNT(*) FILTER (WHERE price >= 1000000) AS rank3_bids,
                COUNT(DISTINCT bidder) AS total_bidders,
                COUNT(DISTINCT bidder) FILTER (WHERE price < 10000) AS rank1_bidders,
                COUNT(DISTINCT bidder) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_bidders,
                COUNT(DISTINCT bidder) FILTER (WHERE price >= 1000000) AS rank3_bidders,
                COUNT(DISTINCT auction) AS total_auctions,
                COUNT(DISTINCT auction) FILTER (WHERE price < 10000) AS rank1_auctions,
                COUNT(DISTINCT auction) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_auctions,
                COUNT(DISTINCT auction) FILTER (WHERE price >= 1000000) AS rank3_auctions
            FROM bid GROUP BY channel, CAST(date_time AS DATE)"""),

    /** For each auction and day: how many bids, of which ranks, at what prices. As to the average, see q4. */
    Q17("""
            SELECT auction, CAST(date_time AS DATE) AS on_day,
                COUNT(*) AS total_bids,
                COUNT(*) FILTER (WHERE price < 10000) AS rank1_bids,
                COUNT(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_bids,
                COUNT(*) FILTER (WHERE price >= 1000000) AS rank3_bids,
                MIN(price) AS min_price, MAX(price) AS max_price,
                CAST(SUM(price) AS BIGINT) / COUNT(*) AS avg_price, SUM(price) AS sum_price
            FROM bid GROUP BY auction, CAST(date_time AS DATE)"""),

    /** The last bid of each bidder for each auction. */
    Q18("""
            SELECT auction, bidder, price, channel, url, date_time, extra
            FROM (
                SELECT *, ROW_NUMBER() OVER (PARTITION BY bidder, auction ORDER BY date_time DESC) AS place FROM bid) AS ranked
            WHERE place <= 1"""),

    /** The ten highest bids of each auction, with their places; the earlier one of equal bids first, or there would be several results. */
    Q19("""
            SELECT *
            FROM (
                SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC, date_time ASC) AS place FROM bid) AS ranked
            WHERE place <= 10"""),

    /** Bids for auctions of a category, with these. */
    Q20("""
            SELECT b.auction, b.bidder, b.price, b.channel, b.url, b.date_time AS bid_date_time, b.extra AS bid_extra,
                a.item_name, a.description, a.initial_bid, a.reserve, a.date_time, a.expires, a.seller, a.category, a.extra
            FROM bid AS b JOIN auction AS a ON b.auction = a.id
            WHERE a.category = 10"""),

    /** Bids with the number of their channel. It ends the address, so it is found without a regular expression, which Millrace has not. */
    Q21("""
            SELECT auction, bidder, price, channel,
                CASE
                    WHEN LOWER(channel) = 'apple' THEN '0'
                    WHEN LOWER(channel) = 'google' THEN '1'
                    WHEN LOWER(channel) = 'facebook' THEN '2'
                    WHEN LOWER(channel) = 'baidu' THEN '3'
                    ELSE SUBSTRING(url FROM POSITION('channel_id=' IN url) + 11)
                END AS channel_id
            FROM bid
            WHERE POSITION('channel_id=' IN url) > 0 OR LOWER(channel) IN ('apple', 'google', 'facebook', 'baidu')"""),

    /** Bids with the folders of their address. */
    Q22("""
            SELECT auction, bidder, price, channel,
                SPLIT_PART(url, '/', 4) AS dir1, SPLIT_PART(url, '/', 5) AS dir2, SPLIT_PART(url, '/', 6) AS dir3
            FROM bid""", """
            SELECT auction, bidder, price, channel,
                SPLIT_INDEX(url, '/', 3) AS dir1, SPLIT_INDEX(url, '/', 4) AS dir2, SPLIT_INDEX(url, '/', 5) AS dir3
            FROM bid""");

    private static final int SIDE_ROWS = 10_000;

    private final String sql;
    private final String flinkSql;

    NexmarkQuery(String sql) {
        this(sql, sql);
    }

    NexmarkQuery(String sql, String flinkSql) {
        this.sql = sql;
        this.flinkSql = flinkSql;
    }

    private static String winningBids(String order) {
        return """
                SELECT id, item_name, description, initial_bid, reserve, date_time, expires, seller, category, extra,
                    auction, bidder, price, bid_date_time, bid_extra
                FROM (
                    SELECT a.*, b.auction, b.bidder, b.price, b.date_time AS bid_date_time, b.extra AS bid_extra,
                        ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY %s) AS place
                    FROM auction AS a JOIN bid AS b ON a.id = b.auction
                    WHERE b.date_time BETWEEN a.date_time AND a.expires) AS ranked
                WHERE place <= 1""".formatted(order);
    }

    /** What it is called on the command line. */
    String workload() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Makes the query over the first events. */
    Query.Recipe over(int events) {
        return new First(this, events);
    }

    private record First(NexmarkQuery which, int events) implements Query.Recipe {
        @Override
        public Query query() {
            return which.with(events);
        }
    }

    private Query with(int events) {
        List<Relation> streams = new ArrayList<>();
        for (NexmarkRows kind : NexmarkRows.values()) {
            if (reads(kind.relation())) {
                streams.add(kind.of(events));
            }
        }
        return new Query(workload(), sql, flinkSql, reads("side_input") ? List.of(sideInput()) : List.of(), streams);
    }

    private boolean reads(String relation) {
        return Pattern.compile("(FROM|JOIN) " + relation + "\\b").matcher(sql).find();
    }

    private static Relation sideInput() {
        String[] remarks = new String[SIDE_ROWS];
        Arrays.setAll(remarks, id -> "remark " + id);
        return new Relation(
                "side_input",
                List.of(new Relation.Field("id", DataType.INT8), new Relation.Field("remark", DataType.TEXT)),
                List.of(0),
                List.of(new ColumnBatch(List.of(
                        new Column.Longs(LongStream.range(0, SIDE_ROWS).toArray()), new Column.Texts(remarks)))));
    }
}
