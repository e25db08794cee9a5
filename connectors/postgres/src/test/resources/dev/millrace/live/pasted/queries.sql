-- What people paste, one query a line; the comments say where from.
-- A mix of all
SELECT "users"."id", "users"."email", "users"."name" FROM "users" WHERE ("users"."email"::text LIKE 'u1%' AND "users"."active") ORDER BY "users"."id" ASC LIMIT 21
SELECT COUNT(*) AS "__count" FROM "users" WHERE UPPER("users"."email"::text) LIKE UPPER('%U2%')
SELECT "users".* FROM "users" WHERE "users"."org_id" IN (1, 2, 3) AND "users"."deleted_at" IS NULL ORDER BY "users"."created_at" DESC LIMIT 10 OFFSET 5
SELECT 1 AS one FROM "users" WHERE "users"."email" = 'u3@example.com' LIMIT 1
SELECT COUNT(count_column) FROM (SELECT 1 AS count_column FROM "orders" WHERE "orders"."user_id" = 3 LIMIT 11) subquery_for_count
SELECT DISTINCT "users".* FROM "users" INNER JOIN "orders" ON "orders"."user_id" = "users"."id" WHERE "orders"."total" > 300
SELECT "users"."id" AS t0_r0, "orders"."id" AS t1_r0 FROM "users" LEFT OUTER JOIN "orders" ON "orders"."user_id" = "users"."id" AND "orders"."status" = 'paid' WHERE "orders"."id" IS NULL
SELECT u1_0.id,u1_0.email,o1_0.user_id,o1_0.total FROM users u1_0 left join orders o1_0 on u1_0.id=o1_0.user_id where u1_0.id=4
SELECT status, COUNT(*) FILTER (WHERE total > 500) AS big, AVG(total)::numeric(10,2) AS avg FROM orders GROUP BY status ORDER BY status
SELECT date_trunc('day', placed_at) AS day, sum(total) FROM orders GROUP BY 1 ORDER BY 1
SELECT to_char(placed_at, 'YYYY-MM') AS month, count(*), sum(total) AS revenue, round(avg(total), 2) FROM orders WHERE status IN ('paid','shipped') GROUP BY 1 HAVING count(*) > 3 ORDER BY month
SELECT date_trunc('week', placed_at)::date AS week, status::text, count(*) FROM orders GROUP BY 1, 2
SELECT u.id, u.name, (SELECT count(*) FROM orders o WHERE o.user_id = u.id) AS order_count, (SELECT max(placed_at) FROM orders o WHERE o.user_id = u.id) AS last_order FROM users u WHERE u.active ORDER BY order_count DESC, u.id LIMIT 5
SELECT DISTINCT ON (user_id) user_id, id, total, placed_at FROM orders ORDER BY user_id, placed_at DESC
SELECT * FROM (SELECT o.*, row_number() OVER (PARTITION BY user_id ORDER BY placed_at DESC) AS rn FROM orders o) x WHERE rn <= 2
SELECT user_id, total, sum(total) OVER (PARTITION BY user_id ORDER BY placed_at) AS running FROM orders
SELECT user_id, placed_at, placed_at - lag(placed_at) OVER (PARTITION BY user_id ORDER BY placed_at) AS gap FROM orders
SELECT u.id, o.id, o.total FROM users u CROSS JOIN LATERAL (SELECT id, total FROM orders WHERE user_id = u.id ORDER BY total DESC LIMIT 2) o
SELECT u.id, o.n FROM users u LEFT JOIN LATERAL (SELECT count(*) AS n FROM orders WHERE user_id = u.id) o ON TRUE
WITH recent AS (SELECT * FROM orders WHERE placed_at > '2024-01-20'), totals AS (SELECT user_id, sum(total) AS t FROM recent GROUP BY user_id) SELECT u.email, coalesce(t.t, 0) AS total FROM users u LEFT JOIN totals t ON t.user_id = u.id ORDER BY 2 DESC, 1 LIMIT 10
WITH RECURSIVE tree AS (SELECT id, name, parent_id, 1 AS depth, ARRAY[id] AS path FROM orgs WHERE parent_id IS NULL UNION ALL SELECT o.id, o.name, o.parent_id, t.depth + 1, t.path || o.id FROM orgs o JOIN tree t ON o.parent_id = t.id) SELECT * FROM tree
SELECT settings->>'theme' AS theme, count(*) FROM users GROUP BY settings->>'theme'
SELECT id FROM users WHERE settings @> '{"theme":"dark"}'
SELECT id, settings->'flags'->>0 AS f, settings#>>'{flags,2}' AS g, jsonb_array_length(settings->'flags') FROM users WHERE (settings->>'n')::int > 30
SELECT id FROM users WHERE tags @> ARRAY['x'] OR 'z' = ANY(tags)
SELECT id FROM users WHERE tags && ARRAY['x','q']::text[]
SELECT unnest(tags) AS tag, count(*) FROM users GROUP BY 1
SELECT t.tag, count(DISTINCT u.id) FROM users u, unnest(u.tags) AS t(tag) GROUP BY t.tag
SELECT array_agg(id ORDER BY id) AS ids, string_agg(name, ', ' ORDER BY name) AS names FROM users WHERE org_id = 2
SELECT o.id, json_agg(json_build_object('line', i.line, 'qty', i.qty) ORDER BY i.line) AS items FROM orders o JOIN order_items i ON i.order_id = o.id GROUP BY o.id
SELECT o.id, coalesce(json_agg(i ORDER BY i.line), '[]') FROM orders o JOIN order_items i ON i.order_id = o.id GROUP BY o.id
SELECT row_to_json(u) FROM (SELECT id, email FROM users) u
SELECT to_jsonb(o) - 'meta' FROM orders o WHERE id < 5
SELECT json_build_object('user', row_to_json(u), 'org', row_to_json(g)) FROM users u LEFT JOIN orgs g ON g.id = u.org_id WHERE u.id < 10
SELECT coalesce(jsonb_agg(to_jsonb(x)), '[]'::jsonb) FROM (SELECT id, total FROM orders WHERE user_id = 3 ORDER BY id) x
SELECT jsonb_object_agg(kind, n) FROM (SELECT kind, count(*) AS n FROM events GROUP BY kind) s
SELECT e.id, p.key, p.value FROM events e, jsonb_each_text(e.payload) p WHERE e.id < 10
SELECT extract(hour FROM at) AS h, count(*) FROM events GROUP BY 1
SELECT extract(epoch FROM max(at) - min(at)) / 3600 AS hours FROM events
SELECT kind, percentile_cont(0.5) WITHIN GROUP (ORDER BY (payload->>'ms')::int) AS median, percentile_disc(0.95) WITHIN GROUP (ORDER BY (payload->>'ms')::int) FROM events GROUP BY kind
SELECT percentile_cont(ARRAY[0.5,0.9]) WITHIN GROUP (ORDER BY total) FROM orders
SELECT width_bucket(total, 0, 1600, 8) AS bucket, count(*) FROM orders GROUP BY bucket ORDER BY bucket
SELECT CASE WHEN total < 100 THEN 'small' WHEN total < 1000 THEN 'medium' ELSE 'large' END AS size, count(*) FROM orders GROUP BY size
SELECT user_id FROM orders WHERE status = 'paid' INTERSECT SELECT user_id FROM orders WHERE status = 'shipped' EXCEPT SELECT id FROM users WHERE NOT active
SELECT d::date AS day, coalesce(count(o.id), 0) AS n FROM generate_series(date '2024-01-01', date '2024-01-31', interval '1 day') d LEFT JOIN orders o ON o.placed_at::date = d::date GROUP BY d ORDER BY d
SELECT grouping(status), status, date_part('month', placed_at) AS m, sum(total) FROM orders GROUP BY ROLLUP (status, date_part('month', placed_at))
SELECT status, sum(total) AS s, round(100.0 * sum(total) / sum(sum(total)) OVER (), 2) AS pct FROM orders GROUP BY status
SELECT rank() OVER (ORDER BY sum(total) DESC) AS r, user_id, sum(total) FROM orders GROUP BY user_id
SELECT id, ntile(4) OVER (ORDER BY total) AS quartile, percent_rank() OVER (ORDER BY total), cume_dist() OVER (ORDER BY total) FROM orders
SELECT first_value(total) OVER w AS f, last_value(total) OVER w AS l, nth_value(total, 2) OVER w FROM orders WINDOW w AS (PARTITION BY user_id ORDER BY placed_at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
SELECT avg(total) OVER (ORDER BY placed_at ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM orders
SELECT count(*) OVER (ORDER BY placed_at RANGE BETWEEN interval '1 day' PRECEDING AND CURRENT ROW) FROM orders
SELECT email FROM users u WHERE EXISTS (SELECT 1 FROM orders o WHERE o.user_id = u.id AND o.total > ALL (SELECT total FROM orders WHERE user_id = 1))
SELECT email FROM users WHERE (id, org_id) IN (SELECT user_id, 2 FROM orders)
SELECT * FROM orders WHERE (user_id, total) = (3, 26.74)
SELECT * FROM orders WHERE (placed_at, id) < ('2024-01-15', 50) ORDER BY placed_at DESC, id DESC LIMIT 10
SELECT split_part(email, '@', 2) AS domain, count(*) FROM users GROUP BY 1
SELECT regexp_replace(name, '\s+', '_', 'g') FROM users WHERE name ~* '^user [0-9]+$'
SELECT substring(email from '^[^@]+') FROM users WHERE id < 4
SELECT initcap(lower(name)), length(name), left(email, 3), lpad(id::text, 5, '0'), md5(email), concat_ws('-', id, name), format('%s <%s>', name, email), trim(both ' ' from name), position('@' in email), overlay(email placing 'xx' from 1 for 2) FROM users
SELECT id, greatest(score, 10), least(score, 20), coalesce(name, email, 'n/a'), nullif(org_id, 2), score::int, round(score::numeric, 1), ceil(score), floor(score), mod(id, 3), power(2, 3), abs(-score) FROM users
SELECT age(timestamp '2024-06-01', placed_at), placed_at + interval '1 month', placed_at::time, placed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Zurich', make_date(2024, 1, 15), extract(dow FROM placed_at), isfinite(placed_at) FROM orders WHERE id < 5
SELECT u.email, count(o.*) FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.email
SELECT u.id, u.email, u.name, count(o.id) FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.id
SELECT o.status, bool_and(total > 10), bool_or(total > 1000), every(total > 0), stddev(total), variance(total), min(placed_at), max(notes) FROM orders o GROUP BY o.status
SELECT count(*), count(DISTINCT user_id), sum(qty * price) AS gross FROM orders JOIN order_items ON orders.id = order_items.order_id
SELECT p.sku, sum(i.qty) AS sold FROM products p JOIN order_items i ON i.product_id = p.id JOIN orders o ON o.id = i.order_id AND o.status <> 'cancelled' GROUP BY p.id, p.sku ORDER BY sold DESC NULLS LAST, p.sku LIMIT 10
SELECT p.attrs->>'color' AS color, p.attrs ? 'size' AS has, sum(i.qty) FROM products p LEFT JOIN order_items i ON i.product_id = p.id GROUP BY 1, 2
SELECT t.id, t.total FROM orders t TABLESAMPLE SYSTEM (100)
SELECT * FROM users WHERE created_at BETWEEN '2024-01-05' AND '2024-01-10' AND name IS NOT NULL AND NOT (org_id = 3)
SELECT * FROM users ORDER BY name NULLS FIRST, id DESC FETCH FIRST 5 ROWS ONLY
SELECT id, name FROM users UNION ALL SELECT id, name FROM orgs ORDER BY name, id
VALUES (1, 'a'), (2, 'b')
SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS v(n, word) JOIN orgs ON orgs.id = v.n
TABLE orgs
SELECT a.id, b.id FROM orders a JOIN orders b USING (user_id) WHERE a.id < b.id AND a.status = 'paid' AND b.status = 'paid'
SELECT * FROM orders NATURAL JOIN order_items WHERE FALSE
SELECT sum(total) FILTER (WHERE status = 'paid') / nullif(count(*) FILTER (WHERE status = 'paid'), 0) AS avg_paid FROM orders
SELECT user_id, array_agg(DISTINCT status) FROM orders GROUP BY user_id
SELECT user_id, mode() WITHIN GROUP (ORDER BY status) FROM orders GROUP BY user_id
SELECT (array_agg(id ORDER BY total DESC))[1] AS top FROM orders GROUP BY user_id
SELECT jsonb_pretty(settings) FROM users WHERE id = 1
SELECT settings || '{"x": 1}'::jsonb AS merged, jsonb_set(settings, '{theme}', '"blue"') FROM users WHERE id < 3
SELECT name COLLATE "C" FROM orgs ORDER BY name COLLATE "C"
SELECT id::text || ':' || coalesce(notes, '') FROM orders ORDER BY id LIMIT 3
SELECT CAST(total AS integer), total::float8, CAST(placed_at AS date), id::numeric / 7 FROM orders ORDER BY id LIMIT 3
SELECT o.id FROM orders o WHERE o.total = (SELECT max(total) FROM orders i WHERE i.user_id = o.user_id)
SELECT o.id FROM orders o WHERE NOT EXISTS (SELECT FROM orders i WHERE i.user_id = o.user_id AND i.placed_at > o.placed_at)
SELECT status, count(*) FROM orders GROUP BY status HAVING count(*) > (SELECT avg(n) FROM (SELECT count(*) AS n FROM orders GROUP BY status) x)
SELECT u.id, t.last FROM users u, LATERAL (SELECT max(at) AS last FROM events WHERE events.user_id = u.id) t WHERE t.last IS NOT NULL
SELECT user_id, kind, at, lead(at) OVER (PARTITION BY user_id ORDER BY at, id) AS next_at FROM events
SELECT user_id, sum(new_session) FROM (SELECT user_id, CASE WHEN at - lag(at) OVER (PARTITION BY user_id ORDER BY at) > interval '30 minutes' THEN 1 ELSE 0 END AS new_session FROM events) s GROUP BY user_id
SELECT kind, count(*) AS n, sum(count(*)) OVER (ORDER BY kind) FROM events GROUP BY kind
SELECT COUNT(*), date_bin('6 hours', at, '2024-01-01') AS b FROM events GROUP BY b
SELECT * FROM users WHERE email ILIKE ANY (ARRAY['u1@%', 'u2@%'])
SELECT * FROM users WHERE id = ANY (ARRAY[1,2,3]::bigint[]) ORDER BY array_position(ARRAY[3,1,2]::bigint[], id)
SELECT * FROM users WHERE name SIMILAR TO 'User (1|2)%'
SELECT string_agg(DISTINCT kind, ',') FROM events
SELECT encode(sha256(email::bytea), 'hex') FROM users WHERE id = 1
SELECT "t1"."id", "t1_orders"."__prisma_data__" AS "orders" FROM "public"."users" AS "t1" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG("__prisma_data__"), '[]') AS "__prisma_data__" FROM (SELECT "t4"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT('id', "t3"."id", 'total', "t3"."total") AS "__prisma_data__", "t3"."id" FROM (SELECT "t2".* FROM "public"."orders" AS "t2" WHERE "t1"."id" = "t2"."user_id") AS "t3" ORDER BY "t3"."id") AS "t4") AS "t5") AS "t1_orders" ON TRUE
SELECT "public"."users"."id", "public"."users"."email" FROM "public"."users" WHERE ("public"."users"."email" = 'u1@example.com' AND 1=1) LIMIT 1 OFFSET 0
SELECT u.*, o.* FROM users u JOIN orders o ON o.user_id = u.id WHERE u.id = 2
SELECT count(*) FROM users WHERE deleted_at IS DISTINCT FROM NULL
SELECT current_date - released AS days, released + 7, released - date '2023-01-01' FROM products WHERE false
SELECT x.user_id, x.total FROM (SELECT user_id, sum(total) AS total, dense_rank() OVER (ORDER BY sum(total) DESC) AS r FROM orders GROUP BY user_id) x WHERE x.r <= 3
SELECT a.user_id AS u1, b.user_id AS u2, count(*) FROM events a JOIN events b ON a.kind = b.kind AND a.user_id < b.user_id AND b.at BETWEEN a.at AND a.at + interval '1 hour' GROUP BY 1, 2
SELECT nullif(trim(notes), '') IS NULL AS empty, count(*) FROM orders GROUP BY 1
SELECT count(*) FROM orders o FULL JOIN users u ON u.id = o.user_id
SELECT total, total * 1.19 AS gross, total / 3, total % 7, round(total / 3, 4), trunc(total), sign(total), sqrt(total), ln(total), exp(1.0), log(total) FROM orders WHERE id < 5
SELECT json_object_agg(id, name ORDER BY id) FROM orgs
SELECT id, settings->'n' AS n FROM users ORDER BY settings->'n' DESC LIMIT 3
SELECT jsonb_agg(DISTINCT settings->'theme') FROM users
SELECT u.id FROM users u JOIN orgs o ON o.id = u.org_id AND o.plan IS NOT DISTINCT FROM NULL
SELECT exists(SELECT 1 FROM users WHERE email = 'u1@example.com')
SELECT ARRAY(SELECT id FROM orgs ORDER BY id) AS ids
SELECT (SELECT array_agg(name ORDER BY id) FROM orgs)[1:2]
SELECT u.id, (SELECT json_agg(x ORDER BY x.id) FROM (SELECT o.id, o.total FROM orders o WHERE o.user_id = u.id) x) AS orders FROM users u
SELECT min(id) FROM users GROUP BY ()
SELECT DISTINCT status FROM orders ORDER BY status
SELECT u.name AS "User Name", 'it''s' AS lit, E'tab\there' AS esc, $$dollar$$ AS dol FROM users u ORDER BY id LIMIT 1
SELECT * FROM orders WHERE placed_at >= '2024-01-10'::date AND placed_at < '2024-01-10'::date + 1
SELECT * FROM orders WHERE placed_at::date = '2024-01-10'
SELECT id FROM orders WHERE status > 'paid' ORDER BY status DESC, id
SELECT ceil(count(*)::numeric / 10) AS pages FROM users
SELECT lower(name) AS n, count(*) FROM users GROUP BY lower(name) HAVING count(*) >= 1 AND lower(name) IS NOT NULL ORDER BY count(*) DESC, 1 LIMIT 3
SELECT u.id, jsonb_build_object('orders', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'items', (SELECT jsonb_agg(jsonb_build_object('line', i.line) ORDER BY i.line) FROM order_items i WHERE i.order_id = o.id)) ORDER BY o.id), '[]') FROM orders o WHERE o.user_id = u.id)) FROM users u
-- Django
SELECT "users"."id", "users"."email" FROM "users" INNER JOIN "orders" ON ("users"."id" = "orders"."user_id") WHERE "orders"."status" = 'paid' GROUP BY "users"."id", "users"."email" HAVING COUNT("orders"."id") >= 2 ORDER BY "users"."email" ASC
SELECT "orders"."status", COUNT("orders"."id") AS "n", SUM("orders"."total") AS "sum", MIN("orders"."placed_at") AS "first" FROM "orders" GROUP BY "orders"."status" ORDER BY "n" DESC, 1 ASC
SELECT "users"."id", EXISTS(SELECT 1 AS "a" FROM "orders" U0 WHERE (U0."user_id" = ("users"."id") AND U0."total" > 1000) LIMIT 1) AS "big" FROM "users" ORDER BY "users"."id" ASC
SELECT "users"."id", (SELECT U0."placed_at" FROM "orders" U0 WHERE U0."user_id" = ("users"."id") ORDER BY U0."placed_at" DESC LIMIT 1) AS "newest" FROM "users"
SELECT DATE_TRUNC('month', "orders"."placed_at") AS "month", COUNT(*) AS "c" FROM "orders" GROUP BY 1 ORDER BY 1 ASC
SELECT COUNT(*) FROM (SELECT DISTINCT "orders"."user_id" AS "col1" FROM "orders" WHERE "orders"."total" >= 100) subquery
SELECT "users"."id" FROM "users" WHERE NOT ("users"."id" IN (SELECT U1."user_id" FROM "orders" U1 WHERE U1."status" = 'cancelled') AND "users"."active") ORDER BY "users"."id" DESC LIMIT 20 OFFSET 2
SELECT "users"."id" FROM "users" WHERE NOT EXISTS(SELECT 1 AS "a" FROM "orders" U1 WHERE (U1."status" = 'cancelled' AND U1."user_id" = ("users"."id")) LIMIT 1)
SELECT "users"."id", CASE WHEN "users"."score" > 40.0 THEN 'gold' WHEN ("users"."score" > 20.0 AND "users"."active") THEN 'silver' ELSE 'none' END AS "tier" FROM "users"
SELECT (1) AS "a" FROM "users" WHERE ("users"."settings" ->> 'theme') = 'dark' LIMIT 1
SELECT "users"."id" FROM "users" WHERE ("users"."settings" -> 'theme') = '"dark"'::jsonb AND ("users"."settings" #> '{flags,0}') = '"a"'
SELECT "users"."id" FROM "users" WHERE ("users"."created_at" AT TIME ZONE 'UTC')::date = '2024-01-05'::date
SELECT EXTRACT(YEAR FROM "orders"."placed_at") AS "y", EXTRACT('month' FROM "orders"."placed_at" AT TIME ZONE 'UTC') AS "m", COUNT(*) FROM "orders" GROUP BY EXTRACT(YEAR FROM "orders"."placed_at"), 2
SELECT "users"."email", COALESCE(SUM("orders"."total"), 0) AS "spent", COUNT("orders"."id") FILTER (WHERE "orders"."status" = 'paid') AS "paid" FROM "users" LEFT OUTER JOIN "orders" ON ("users"."id" = "orders"."user_id") GROUP BY "users"."id" ORDER BY "spent" DESC, "users"."email" LIMIT 10
-- Rails
SELECT "users".* FROM "users" WHERE "users"."deleted_at" IS NULL AND ("users"."email" ILIKE '%u1%' OR "users"."name" ILIKE '%2%') ORDER BY "users"."created_at" DESC, "users"."id" DESC LIMIT 25 OFFSET 0
SELECT DISTINCT "users".* FROM "users" INNER JOIN "memberships" ON "memberships"."user_id" = "users"."id" INNER JOIN "orgs" ON "orgs"."id" = "memberships"."org_id" WHERE "orgs"."plan" = 'pro' AND "memberships"."role" IN ('owner', 'admin')
SELECT COUNT(DISTINCT "users"."id") FROM "users" LEFT OUTER JOIN "memberships" ON "memberships"."user_id" = "users"."id" WHERE "memberships"."role" = 'owner'
SELECT COUNT(*) AS "count_all", "orders"."status" AS "orders_status" FROM "orders" GROUP BY "orders"."status"
SELECT AVG("orders"."total") AS "average_total", DATE_TRUNC('week', "orders"."placed_at"::timestamptz AT TIME ZONE 'Etc/UTC')::date AS "week" FROM "orders" WHERE "orders"."placed_at" IS NOT NULL GROUP BY DATE_TRUNC('week', "orders"."placed_at"::timestamptz AT TIME ZONE 'Etc/UTC')::date
SELECT "users"."id" FROM "users" WHERE "users"."id" NOT IN (SELECT "orders"."user_id" FROM "orders" WHERE "orders"."placed_at" > '2024-01-20 00:00:00') AND (users.tags @> ARRAY['x']::text[])
SELECT "users"."id", "users"."email" FROM "users" WHERE "users"."created_at" BETWEEN '2024-01-03 00:00:00' AND '2024-01-20 23:59:59.999999' AND "users"."org_id" = ANY('{1,2,3}'::bigint[])
SELECT MAX("orders"."total") FROM "orders" WHERE "orders"."user_id" IN (SELECT "users"."id" FROM "users" WHERE "users"."active" = TRUE)
SELECT "orders".*, "users"."email" AS user_email FROM "orders" LEFT JOIN users ON users.id = orders.user_id WHERE (orders.meta->>'src')::integer = 1 ORDER BY "orders"."id" ASC LIMIT 1000
SELECT 1 AS one FROM "memberships" WHERE ("memberships"."user_id", "memberships"."org_id") IN ((1, 4), (2, 3)) LIMIT 1
-- Hibernate
select u1_0.id,u1_0.email,(select count(o1_0.id) from orders o1_0 where u1_0.id=o1_0.user_id) from users u1_0 where exists(select 1 from orders o2_0 where u1_0.id=o2_0.user_id and o2_0.total>100.0) order by u1_0.email offset 2 rows fetch first 10 rows only
select distinct o1_0.id,o1_0.status,i1_0.order_id,i1_0.line,i1_0.qty from orders o1_0 join order_items i1_0 on o1_0.id=i1_0.order_id where o1_0.status in ('paid','shipped') and i1_0.qty between 2 and 4
select count(*) from users u1_0 left join orgs o1_0 on o1_0.id=u1_0.org_id where lower(u1_0.email) like lower('%U3%') escape '' or o1_0.name like 'A%' escape '!'
select case when (count(u1_0.id)>0) then true else false end from users u1_0 where u1_0.email='u7@example.com'
select o1_0.user_id,sum((i1_0.qty*i1_0.price)) from orders o1_0 join order_items i1_0 on i1_0.order_id=o1_0.id group by o1_0.user_id having sum((i1_0.qty*i1_0.price))>(select avg(i2_0.qty*i2_0.price) from order_items i2_0)
select u1_0.id from users u1_0 where u1_0.org_id=(select max(o1_0.id) from orgs o1_0 where o1_0.plan='pro') and coalesce(u1_0.name,'')<>''
select cast(o1_0.placed_at as date),count(*) from orders o1_0 where extract(month from o1_0.placed_at)=1 group by 1 order by 1
-- SQLAlchemy
SELECT users.id, users.email, anon_1.total FROM users JOIN (SELECT orders.user_id AS user_id, sum(orders.total) AS total FROM orders GROUP BY orders.user_id) AS anon_1 ON users.id = anon_1.user_id WHERE anon_1.total > 500.00 ORDER BY anon_1.total DESC
SELECT users.id, row_number() OVER (PARTITION BY users.org_id ORDER BY users.score DESC NULLS LAST, users.id) AS rn FROM users
SELECT anon_1.id, anon_1.rank FROM (SELECT orders.id AS id, rank() OVER (PARTITION BY orders.user_id ORDER BY orders.total DESC) AS rank FROM orders) AS anon_1 WHERE anon_1.rank = 1
SELECT count(*) AS count_1 FROM (SELECT users.id AS users_id FROM users WHERE users.email LIKE 'u' || '%' AND users.settings ? 'theme') AS anon_1
SELECT orders.id FROM orders WHERE orders.placed_at >= CAST('2024-01-10' AS TIMESTAMP WITHOUT TIME ZONE) AND CAST(orders.total AS INTEGER) % 2 = 0
SELECT users.id, array_agg(orders.id ORDER BY orders.id) FILTER (WHERE orders.id IS NOT NULL) AS order_ids FROM users LEFT OUTER JOIN orders ON orders.user_id = users.id GROUP BY users.id
SELECT users.id FROM users WHERE users.tags IS NOT NULL AND cardinality(users.tags) > 1 UNION SELECT orders.user_id FROM orders WHERE orders.total > 1500 ORDER BY 1
WITH anon_1 AS (SELECT orders.user_id AS user_id, lag(orders.placed_at, 1) OVER (PARTITION BY orders.user_id ORDER BY orders.placed_at) AS prev, orders.placed_at AS placed_at FROM orders) SELECT anon_1.user_id, avg(EXTRACT(epoch FROM anon_1.placed_at - anon_1.prev)) / 86400 AS days FROM anon_1 WHERE anon_1.prev IS NOT NULL GROUP BY anon_1.user_id
-- Prisma
SELECT "public"."users"."id", "public"."users"."email", "public"."users"."active" FROM "public"."users" WHERE ("public"."users"."active" = true AND "public"."users"."org_id" IN (1,2)) ORDER BY "public"."users"."id" ASC LIMIT 10 OFFSET 0
SELECT "public"."users"."id" FROM "public"."users" WHERE ("public"."users"."id") IN (SELECT "t1"."user_id" FROM "public"."orders" AS "t1" WHERE ("t1"."total" > 900 AND "t1"."user_id" IS NOT NULL)) ORDER BY "public"."users"."id" ASC OFFSET 0
SELECT COUNT(*) FROM (SELECT "public"."orders"."id" FROM "public"."orders" WHERE "public"."orders"."status" = CAST('paid'::text AS "public"."order_status") OFFSET 0) AS "sub"
SELECT "t0"."id", "t0"."email", COALESCE("aggr_selection_0_orders"."_aggr_count_orders", 0) AS "_aggr_count_orders" FROM "public"."users" AS "t0" LEFT JOIN (SELECT "public"."orders"."user_id", COUNT(*) AS "_aggr_count_orders" FROM "public"."orders" WHERE 1=1 GROUP BY "public"."orders"."user_id") AS "aggr_selection_0_orders" ON ("t0"."id" = "aggr_selection_0_orders"."user_id") WHERE 1=1 ORDER BY "t0"."id" ASC
SELECT "t0"."id" FROM "public"."users" AS "t0" WHERE ("t0"."id" > (SELECT "c"."id" FROM "public"."users" AS "c" WHERE "c"."id" = 10)) ORDER BY "t0"."id" ASC LIMIT 5
-- Drizzle
select "users"."id", "users"."email", "users_orders"."data" as "orders" from "users" "users" left join lateral (select coalesce(json_agg(json_build_array("users_orders"."id", "users_orders"."total") order by "users_orders"."id" asc), '[]'::json) as "data" from "orders" "users_orders" where "users_orders"."user_id" = "users"."id") "users_orders" on true
select "o"."id", "u"."email" from "orders" "o" inner join "users" "u" on "o"."user_id" = "u"."id" where ("o"."status" in ('paid', 'shipped') and "u"."email" ilike '%example%') order by "o"."placed_at" desc limit 10
select "status", count(*)::int, sum("total")::float as "sum" from "orders" group by "status"
select (select count(*) from "orders") as "orders", (select count(*)::int from "users" where "active") as "users"
-- Sequelize
SELECT "User"."id", "User"."email", "Orders"."id" AS "Orders.id", "Orders"."total" AS "Orders.total" FROM "users" AS "User" LEFT OUTER JOIN "orders" AS "Orders" ON "User"."id" = "Orders"."user_id" AND "Orders"."status" != 'cancelled' WHERE "User"."deleted_at" IS NULL
SELECT "User".*, "Orders"."id" AS "Orders.id" FROM (SELECT "User"."id", "User"."email" FROM "users" AS "User" WHERE ("User"."deleted_at" IS NULL AND "User"."active" = true) ORDER BY "User"."id" ASC LIMIT 5) AS "User" LEFT OUTER JOIN "orders" AS "Orders" ON "User"."id" = "Orders"."user_id" ORDER BY "User"."id" ASC
SELECT count(*) AS "count" FROM "orders" AS "Order" WHERE ("Order"."status" = 'pending' OR "Order"."total" >= 1000) AND "Order"."placed_at" BETWEEN '2024-01-01 00:00:00.000 +00:00' AND '2024-02-01 00:00:00.000 +00:00'
SELECT "status", count("id") AS "n", date_trunc('day', "placed_at") AS "day" FROM "orders" AS "Order" GROUP BY "status", date_trunc('day', "placed_at")
-- Ecto
SELECT u0."id", u0."email", count(o1."id") FROM "users" AS u0 LEFT OUTER JOIN "orders" AS o1 ON o1."user_id" = u0."id" WHERE (u0."active" = TRUE) GROUP BY u0."id", u0."email" ORDER BY count(o1."id") DESC, u0."id" LIMIT 5
SELECT o0."id", s1."rn" FROM "orders" AS o0 INNER JOIN (SELECT so0."id" AS "id", row_number() OVER "w" AS "rn" FROM "orders" AS so0 WINDOW "w" AS (PARTITION BY so0."user_id" ORDER BY so0."placed_at" DESC)) AS s1 ON s1."id" = o0."id" WHERE (s1."rn" <= 3)
SELECT TRUE FROM "users" AS u0 WHERE (u0."email" = 'u1@example.com') LIMIT 1
SELECT e0."kind", filter."n" FROM (SELECT DISTINCT kind FROM events) AS e0 JOIN LATERAL (SELECT count(*) AS n FROM events AS f WHERE f.kind = e0.kind) AS filter ON TRUE
-- jOOQ
select "public"."orders"."user_id", sum("public"."orders"."total") as "total", count(*) over () as "groups" from "public"."orders" group by "public"."orders"."user_id" order by "total" desc fetch next 5 rows only
select "x"."id", "x"."email" from (select "u"."id", "u"."email", row_number() over (order by "u"."id" asc) as "rn" from "public"."users" as "u") as "x" where ("x"."rn" > 10 and "x"."rn" <= 20) order by "x"."rn"
select "o"."id", (select coalesce(jsonb_agg(jsonb_build_array("v0", "v1")), jsonb_build_array()) from (select "i"."line" as "v0", "i"."qty" as "v1" from "public"."order_items" as "i" where "i"."order_id" = "o"."id" order by "i"."line") as "t") from "public"."orders" as "o"
select "p"."sku" from "public"."products" as "p" where ("p"."price" >= 50 and "p"."price" < 150 and not exists (select 1 as "one" from "public"."order_items" as "i" where "i"."product_id" = "p"."id" and "i"."qty" > 4))
-- Hasura
SELECT json_build_object('aggregate', json_build_object('count', COUNT(*), 'sum', json_build_object('total', sum("total")))) AS "root" FROM (SELECT * FROM "public"."orders" WHERE ("public"."orders"."status") = ('paid'::order_status)) AS "_0_root.base"
-- PostgREST
WITH pgrst_source AS (SELECT "public"."users"."id", "public"."users"."email", row_to_json("users_orgs_1".*) AS "orgs" FROM "public"."users" LEFT JOIN LATERAL (SELECT "orgs_1"."name" FROM "public"."orgs" AS "orgs_1" WHERE "orgs_1"."id" = "public"."users"."org_id") AS "users_orgs_1" ON TRUE WHERE "public"."users"."id" < 8) SELECT null::bigint AS total_result_set, pg_catalog.count(_postgrest_t) AS page_total, coalesce(json_agg(_postgrest_t ORDER BY _postgrest_t.id), '[]') AS body FROM (SELECT * FROM pgrst_source) _postgrest_t
SELECT "public"."orders".* FROM "public"."orders" WHERE "public"."orders"."total" >= '500' AND "public"."orders"."status" = ANY ('{paid,shipped}') ORDER BY "public"."orders"."placed_at" DESC NULLS LAST LIMIT 20 OFFSET 0
SELECT * FROM users WHERE settings->>'theme' = 'dark' AND NOT (email LIKE '%9@%') AND (deleted_at IS NULL OR deleted_at > '2024-02-01T00:00:00+00:00')
-- Metabase
SELECT "source"."status" AS "status", COUNT(*) AS "count" FROM (SELECT "public"."orders"."id" AS "id", "public"."orders"."status" AS "status", CASE WHEN "public"."orders"."total" < 100 THEN 'S' ELSE 'L' END AS "size" FROM "public"."orders") AS "source" WHERE "source"."size" = 'L' GROUP BY "source"."status" ORDER BY "source"."status" ASC
SELECT CAST(DATE_TRUNC('month', "public"."orders"."placed_at") AS DATE) AS "placed_at", SUM("public"."orders"."total") AS "sum", SUM(CASE WHEN "public"."orders"."status" = 'paid' THEN 1 ELSE 0.0 END) / CAST(COUNT(*) AS DOUBLE PRECISION) AS "share" FROM "public"."orders" GROUP BY CAST(DATE_TRUNC('month', "public"."orders"."placed_at") AS DATE) ORDER BY 1
SELECT (FLOOR(("public"."orders"."total" / 200.0)) * 200.0) AS "total", COUNT(*) AS "count" FROM "public"."orders" GROUP BY (FLOOR(("public"."orders"."total" / 200.0)) * 200.0) ORDER BY 1 ASC
SELECT "Orgs"."name" AS "Orgs__name", COUNT(DISTINCT "public"."users"."id") AS "count" FROM "public"."users" LEFT JOIN "public"."orgs" AS "Orgs" ON "public"."users"."org_id" = "Orgs"."id" WHERE ("public"."users"."deleted_at" IS NULL) AND ("public"."users"."active" = TRUE) GROUP BY "Orgs"."name" ORDER BY "count" DESC, "Orgs"."name" ASC LIMIT 2000
SELECT PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY "public"."orders"."total") AS "p90", STDDEV_POP("public"."orders"."total") AS "sd" FROM "public"."orders"
-- Grafana
SELECT floor(extract(epoch from at)/3600)*3600 AS "time", sensor AS metric, avg(value) AS value FROM readings WHERE at BETWEEN '2024-03-01T00:00:00Z' AND '2024-03-01T06:00:00Z' GROUP BY 1, 2 ORDER BY 1, 2
SELECT date_bin('15 minutes', at, TIMESTAMPTZ '2001-01-01') AS bucket, sensor, min(value), max(value), (array_agg(value ORDER BY at DESC))[1] AS last FROM readings WHERE sensor IN ('s1','s2') GROUP BY bucket, sensor
SELECT DISTINCT ON (sensor) sensor, at, value FROM readings WHERE value IS NOT NULL ORDER BY sensor, at DESC
SELECT sensor, at, value, avg(value) OVER (PARTITION BY sensor ORDER BY at RANGE BETWEEN INTERVAL '30 minutes' PRECEDING AND CURRENT ROW) AS moving FROM readings
SELECT to_timestamp(floor(extract('epoch' from at) / 600) * 600) AT TIME ZONE 'UTC' AS t, count(*) FROM events GROUP BY 1
SELECT sensor, at, value - lag(value) OVER (PARTITION BY sensor ORDER BY at) AS delta, extract(epoch FROM at - lag(at) OVER (PARTITION BY sensor ORDER BY at)) AS secs FROM readings
-- dbt
with source as (select * from users), renamed as (select id as user_id, email, nullif(trim(name), '') as name, created_at::date as created_on from source), final as (select renamed.*, row_number() over (partition by split_part(email, '@', 2) order by created_on, user_id) as domain_rank from renamed) select * from final where domain_rank <= 3
with orders_ranked as (select *, row_number() over (partition by user_id order by placed_at desc, id desc) as rn from orders) select user_id, id as latest_order_id, total from orders_ranked where rn = 1
with daily as (select date_trunc('day', placed_at)::date as d, sum(total) as revenue from orders where status <> 'cancelled' group by 1), spine as (select generate_series('2024-01-01'::date, '2024-02-10'::date, '1 day'::interval)::date as d) select spine.d, coalesce(daily.revenue, 0) as revenue, sum(coalesce(daily.revenue, 0)) over (order by spine.d rows between 6 preceding and current row) as rolling from spine left join daily on daily.d = spine.d
select md5(cast(coalesce(cast(order_id as text), '_dbt_utils_surrogate_key_null_') || '-' || coalesce(cast(line as text), '_dbt_utils_surrogate_key_null_') as text)) as key, qty * price as amount from order_items
select user_id, count(*) as n_records from orders group by user_id having count(*) > 5
select count(*) as failures, count(*) != 0 as should_warn, count(*) != 0 as should_error from (select id from users where email is null) dbt_internal_test
with all_values as (select status as value_field, count(*) as n_records from orders group by status) select * from all_values where value_field not in ('pending','paid')
-- cohorts, funnels, retention, sessions
WITH firsts AS (SELECT user_id, date_trunc('month', min(at)) AS cohort FROM events GROUP BY user_id), activity AS (SELECT DISTINCT user_id, date_trunc('month', at) AS month FROM events) SELECT f.cohort, a.month, count(DISTINCT a.user_id) AS users FROM firsts f JOIN activity a USING (user_id) GROUP BY 1, 2 ORDER BY 1, 2
SELECT count(DISTINCT user_id) FILTER (WHERE kind = 'view') AS viewed, count(DISTINCT user_id) FILTER (WHERE kind = 'click') AS clicked, round(100.0 * count(DISTINCT user_id) FILTER (WHERE kind = 'purchase') / nullif(count(DISTINCT user_id), 0), 1) AS rate FROM events
WITH views AS (SELECT user_id, min(at) AS t FROM events WHERE kind = 'view' GROUP BY user_id), buys AS (SELECT e.user_id, min(e.at) AS t FROM events e JOIN views v ON v.user_id = e.user_id AND e.at > v.t WHERE e.kind = 'purchase' GROUP BY e.user_id) SELECT count(v.user_id) AS viewed, count(b.user_id) AS bought, avg(b.t - v.t) AS took FROM views v LEFT JOIN buys b USING (user_id)
SELECT user_id, at, sum(is_new) OVER (PARTITION BY user_id ORDER BY at) AS session FROM (SELECT user_id, at, CASE WHEN at - lag(at) OVER (PARTITION BY user_id ORDER BY at) <= interval '25 hours' THEN 0 ELSE 1 END AS is_new FROM events) s
WITH s AS (SELECT user_id, at, sum(is_new) OVER (PARTITION BY user_id ORDER BY at) AS session FROM (SELECT user_id, at, CASE WHEN at - lag(at) OVER (PARTITION BY user_id ORDER BY at) <= interval '25 hours' THEN 0 ELSE 1 END AS is_new FROM events) e) SELECT user_id, session, min(at) AS started, max(at) AS ended, count(*) AS hits, max(at) - min(at) AS duration FROM s GROUP BY user_id, session
SELECT date_trunc('day', at) AS day, count(DISTINCT user_id) AS dau, count(DISTINCT user_id)::numeric / (SELECT count(*) FROM users) AS share FROM events GROUP BY 1
SELECT a.user_id FROM events a WHERE a.kind = 'login' AND EXISTS (SELECT FROM events b WHERE b.user_id = a.user_id AND b.kind = 'click' AND b.at > a.at AND b.at < a.at + interval '3 days')
-- gaps and islands
SELECT account, min(booked) AS from_day, max(booked) AS to_day, count(*) AS days FROM (SELECT account, booked, booked - (row_number() OVER (PARTITION BY account ORDER BY booked))::int AS grp FROM (SELECT DISTINCT account, booked FROM ledger) d) g GROUP BY account, grp ORDER BY account, from_day
SELECT id + 1 AS gap_start, next_id - 1 AS gap_end FROM (SELECT id, lead(id) OVER (ORDER BY id) AS next_id FROM orders WHERE status = 'paid') t WHERE next_id - id > 1
SELECT s.i FROM generate_series(1, 130) AS s(i) LEFT JOIN orders o ON o.id = s.i WHERE o.id IS NULL
SELECT sensor, count(*) AS streak FROM (SELECT sensor, at, value > 5 AS high, row_number() OVER (PARTITION BY sensor ORDER BY at) - row_number() OVER (PARTITION BY sensor, value > 5 ORDER BY at) AS grp FROM readings WHERE value IS NOT NULL) r WHERE high GROUP BY sensor, grp
-- pivots
SELECT date_trunc('month', placed_at)::date AS month, count(*) FILTER (WHERE status = 'pending') AS pending, count(*) FILTER (WHERE status = 'paid') AS paid, sum(total) FILTER (WHERE status IN ('paid', 'shipped')) AS revenue FROM orders GROUP BY 1
SELECT user_id, sum(CASE WHEN status = 'paid' THEN total ELSE 0 END) AS paid, max(CASE status WHEN 'cancelled' THEN placed_at END) AS last_cancelled FROM orders GROUP BY user_id
SELECT p.sku, v.attr, v.val FROM products p CROSS JOIN LATERAL (VALUES ('color', p.attrs->>'color'), ('size', p.attrs->>'size')) AS v(attr, val) WHERE p.price < 60
SELECT account, jsonb_object_agg(month, total ORDER BY month) AS by_month FROM (SELECT account, to_char(booked, 'YYYY-MM') AS month, sum(amount) AS total FROM ledger GROUP BY 1, 2) s GROUP BY account
-- running totals
SELECT account, booked, amount, sum(amount) OVER (PARTITION BY account ORDER BY booked, id) AS balance FROM ledger
SELECT sku, warehouse, moved_at, sum(delta) OVER (PARTITION BY sku, warehouse ORDER BY moved_at ROWS UNBOUNDED PRECEDING) AS on_hand FROM stock_moves
SELECT d, n, sum(n) OVER (ORDER BY d) AS total, round(n * 100.0 / sum(n) OVER (), 2) AS pct, n - lag(n, 1, 0::bigint) OVER (ORDER BY d) AS change FROM (SELECT created_at::date AS d, count(*) AS n FROM users GROUP BY 1) t
SELECT to_char(month, 'Mon YYYY') AS label, revenue, round((revenue - prev) / nullif(prev, 0) * 100, 1) AS growth FROM (SELECT month, revenue, lag(revenue) OVER (ORDER BY month) AS prev FROM (SELECT date_trunc('month', placed_at) AS month, sum(total) AS revenue FROM orders GROUP BY 1) m) x
-- top n per group, leaderboards
SELECT u.id, t.id AS order_id, t.total FROM users u LEFT JOIN LATERAL (SELECT o.id, o.total FROM orders o WHERE o.user_id = u.id ORDER BY o.total DESC, o.id FETCH FIRST 1 ROW ONLY) t ON true
SELECT * FROM (SELECT status, user_id, sum(total) AS s, dense_rank() OVER (PARTITION BY status ORDER BY sum(total) DESC) AS place FROM orders GROUP BY status, user_id) r WHERE place <= 3 ORDER BY status, place, user_id
SELECT u.name, s.points, rank() OVER (ORDER BY s.points DESC) AS rank, s.points - lead(s.points) OVER (ORDER BY s.points DESC, u.id) AS ahead FROM users u JOIN (SELECT user_id, count(*) * 10 AS points FROM events GROUP BY user_id) s ON s.user_id = u.id
SELECT count(*) + 1 AS my_rank FROM users WHERE score > (SELECT score FROM users WHERE id = 12)
SELECT o.user_id, o.id, o.total FROM orders o LEFT JOIN orders b ON b.user_id = o.user_id AND (b.total > o.total OR (b.total = o.total AND b.id < o.id)) WHERE b.id IS NULL
SELECT o.* FROM orders o INNER JOIN (SELECT user_id, MAX(placed_at) AS latest FROM orders GROUP BY user_id) m ON m.user_id = o.user_id AND m.latest = o.placed_at
SELECT array_to_string(array_agg(name ORDER BY score DESC NULLS LAST, id), ', ', '?') FROM users WHERE org_id = 3
-- inventory
SELECT sku, sum(delta) AS on_hand, max(moved_at) FILTER (WHERE delta < 0) AS last_out FROM stock_moves GROUP BY sku HAVING sum(delta) < 40 ORDER BY on_hand
SELECT coalesce(n.sku, s.sku) AS sku, coalesce(n.q, 0) AS north, coalesce(s.q, 0) AS south FROM (SELECT sku, sum(delta) AS q FROM stock_moves WHERE warehouse = 'north' GROUP BY sku) n FULL OUTER JOIN (SELECT sku, sum(delta) AS q FROM stock_moves WHERE warehouse = 'south' GROUP BY sku) s ON n.sku = s.sku
SELECT p.sku, p.title FROM products p LEFT JOIN stock_moves m ON m.sku = p.sku AND m.moved_at >= '2024-01-05' WHERE m.id IS NULL
SELECT p.sku, i.sold, p.price * i.sold AS value, CASE WHEN sum(p.price * i.sold) OVER (ORDER BY p.price * i.sold DESC, p.sku) <= 0.8 * sum(p.price * i.sold) OVER () THEN 'A' ELSE 'B' END AS abc FROM products p JOIN (SELECT product_id, sum(qty) AS sold FROM order_items GROUP BY product_id) i ON i.product_id = p.id
-- keyset pagination, soft deletes, searches
SELECT id, placed_at FROM orders WHERE (placed_at, id) > ('2024-01-10 00:00:00', 20) ORDER BY placed_at ASC, id ASC LIMIT 20
SELECT id, score FROM users WHERE (score < 50 OR (score = 50 AND id < 30)) AND deleted_at IS NULL ORDER BY score DESC, id DESC LIMIT 5
SELECT *, count(*) OVER() AS full_count FROM users WHERE active ORDER BY id LIMIT 3 OFFSET 3
SELECT id FROM products WHERE concat_ws(' ', sku, title, attrs->>'color') ILIKE '%red%' AND price::text LIKE '%9%'
SELECT id, ts FROM (SELECT id, GREATEST(created_at, deleted_at) AS ts FROM users) u WHERE ts >= '2024-02-01' ORDER BY ts DESC NULLS LAST LIMIT 5
SELECT email FROM users WHERE email ~ '^u[0-9]{1}@' AND email !~* 'U[3-5]' AND char_length(email) > 3
SELECT id FROM users WHERE ('%' || lower('USER 1') || '%') IS NOT NULL AND lower(name) LIKE ANY (ARRAY['%1%', '%2%']) AND position('9' in email) = 0
-- permissions through joins
SELECT DISTINCT o.id FROM orders o JOIN memberships m ON m.user_id = o.user_id WHERE m.org_id IN (SELECT org_id FROM memberships WHERE user_id = 3 AND role IN ('owner','admin','member'))
SELECT u.id, bool_or(m.role = 'owner') AS owner, string_agg(g.name || ':' || m.role, ',' ORDER BY g.name) AS roles FROM users u JOIN memberships m ON m.user_id = u.id JOIN orgs g ON g.id = m.org_id GROUP BY u.id
SELECT g.id, g.name, m.role IS NOT NULL AS member, coalesce(m.role, 'guest') AS role FROM orgs g LEFT JOIN memberships m ON m.org_id = g.id AND m.user_id = 5
SELECT f1.follower_id, f2.followee_id AS suggestion, count(*) AS mutual FROM follows f1 JOIN follows f2 ON f2.follower_id = f1.followee_id WHERE f2.followee_id <> f1.follower_id AND NOT EXISTS (SELECT 1 FROM follows x WHERE x.follower_id = f1.follower_id AND x.followee_id = f2.followee_id) GROUP BY 1, 2
SELECT a.follower_id AS a, a.followee_id AS b FROM follows a JOIN follows b ON a.follower_id = b.followee_id AND a.followee_id = b.follower_id WHERE a.follower_id < a.followee_id
-- trees
WITH RECURSIVE sub AS (SELECT id, name, parent_id, name::text AS path, 0 AS level FROM orgs WHERE parent_id IS NULL UNION ALL SELECT o.id, o.name, o.parent_id, s.path || ' > ' || o.name, s.level + 1 FROM orgs o INNER JOIN sub s ON s.id = o.parent_id) SELECT repeat('  ', level) || name AS tree, path FROM sub ORDER BY path
WITH RECURSIVE up AS (SELECT id, parent_id FROM orgs WHERE id = 3 UNION SELECT o.id, o.parent_id FROM orgs o JOIN up ON o.id = up.parent_id) SELECT array_agg(id ORDER BY id) FROM up
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT n, sum(n) OVER (ORDER BY n) FROM t
WITH RECURSIVE reach AS (SELECT followee_id AS id, 1 AS hops FROM follows WHERE follower_id = 1 UNION SELECT f.followee_id, r.hops + 1 FROM reach r JOIN follows f ON f.follower_id = r.id WHERE r.hops < 3) SELECT id, min(hops) FROM reach GROUP BY id
-- tags
SELECT id FROM users WHERE tags && '{x,z}' AND NOT 'z' = ANY(tags)
SELECT id, array_length(tags, 1), array_to_string(tags, '|'), array_position(tags, 'y'), tags[1], tags || 'new'::text, array_remove(tags, 'x') FROM users
SELECT u.id, t.tag, t.ord FROM users u CROSS JOIN LATERAL unnest(u.tags) WITH ORDINALITY AS t(tag, ord)
SELECT tag, count(*) FROM (SELECT unnest(tags) AS tag FROM users) x GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 10
SELECT array_agg(DISTINCT tag ORDER BY tag) FROM users, unnest(tags) AS tag WHERE active
-- JSON settings
SELECT id, settings->>'theme' AS theme, (settings->>'n')::numeric * 1.5 AS n, settings ? 'flags' AS f, settings ?| ARRAY['x','n'] AS any, settings @> '{"theme": "dark"}' AS dark FROM users
SELECT id, coalesce((settings->>'missing')::boolean, false), jsonb_typeof(settings->'flags'), settings #>> '{flags,-1}', settings - 'flags', settings #- '{flags,0}' FROM users WHERE id < 10
SELECT e.payload->>'page' AS page, percentile_cont(0.95) WITHIN GROUP (ORDER BY (e.payload->>'ms')::float8) AS p95 FROM events e GROUP BY e.payload->>'page'
SELECT u.id, k FROM users u, jsonb_object_keys(u.settings) AS k WHERE u.id <= 3
SELECT u.id, f.value, f.ordinality FROM users u, jsonb_array_elements_text(u.settings->'flags') WITH ORDINALITY f WHERE f.value <> 'a'
SELECT jsonb_build_object('id', p.id, 'sku', p.sku, 'price', p.price, 'released', p.released, 'attrs', p.attrs || jsonb_build_object('new', p.price > 100)) FROM products p
SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(json_build_object('id', id, 'name', name) ORDER BY id)) FROM orgs
-- reconciliation
SELECT coalesce(l.ref, b.ref) AS ref, l.amount AS booked, b.amount AS paid, coalesce(b.amount, 0) - coalesce(l.amount, 0) AS difference FROM ledger l FULL OUTER JOIN bank_lines b ON b.ref = l.ref WHERE l.amount IS DISTINCT FROM b.amount
SELECT 'ledger' AS side, ref, amount FROM ledger WHERE ref IS NOT NULL EXCEPT ALL SELECT 'ledger', ref, amount FROM bank_lines
SELECT ref, amount, count(*) FROM (SELECT ref, amount FROM ledger UNION ALL SELECT ref, -amount FROM bank_lines) x GROUP BY GROUPING SETS ((ref, amount), (ref), ()) HAVING count(*) > 1
SELECT account, sum(amount) AS balance, sum(sum(amount)) OVER () AS total, sum(amount) = 0 AS even FROM ledger GROUP BY account
-- date spines
SELECT m::date AS month, (m + interval '1 month' - interval '1 day')::date AS last_day, count(o.id) FROM generate_series('2024-01-01'::timestamp, '2024-06-01'::timestamp, '1 month') m LEFT JOIN orders o ON o.placed_at >= m AND o.placed_at < m + interval '1 month' GROUP BY m
SELECT g.day::date, s.sensor, count(r.value) FROM generate_series(timestamptz '2024-03-01 00:00+00', timestamptz '2024-03-02 00:00+00', interval '1 day') AS g(day) CROSS JOIN (SELECT DISTINCT sensor FROM readings) s LEFT JOIN readings r ON r.sensor = s.sensor AND r.at >= g.day AND r.at < g.day + interval '1 day' GROUP BY 1, 2
SELECT to_char(placed_at, 'Day') AS dow, to_char(placed_at, 'HH24:00') AS hour, count(*) FROM orders GROUP BY 1, 2
SELECT extract(isodow FROM placed_at)::int AS dow, extract(week FROM placed_at) AS week, extract(quarter FROM placed_at) AS q, date_part('doy', placed_at) AS doy FROM orders WHERE id % 10 = 0
SELECT (date_trunc('month', placed_at) + interval '1 month - 1 day')::date AS eom, make_timestamp(2024, 1, 1, 0, 0, 0), placed_at::date - date '2024-01-01' AS n, justify_days(placed_at - timestamp '2024-01-01'), age(placed_at, timestamp '2023-12-01') FROM orders WHERE id < 9
SELECT tsrange.n FROM (SELECT count(*) AS n FROM orders WHERE (placed_at, placed_at + interval '1 hour') OVERLAPS (timestamp '2024-01-05', timestamp '2024-01-08')) tsrange
-- assorted
SELECT CASE WHEN count(*) = 0 THEN NULL ELSE round(avg(total)::numeric, 2) END AS avg, coalesce(sum(total)::text, '-') AS s FROM orders WHERE status = 'shipped'
SELECT u.*, o.name AS org_name FROM users AS u NATURAL LEFT JOIN (SELECT id AS org_id, name AS n2 FROM orgs) x LEFT JOIN orgs o ON o.id = u.org_id WHERE u.id < 6
SELECT NULLIF(regexp_replace(email, '\D', '', 'g'), '')::int AS n, substring(email, 1, 2), substring(email from 2 for 1), strpos(email, '@'), reverse(email), translate(email, 'u', 'U'), right(email, 3), btrim(email, 'u'), to_hex(id::int), chr(65 + (id % 26)::int), ascii(email), repeat('*', 3), quote_literal(email), starts_with(email, 'u1') FROM users
SELECT DISTINCT ON (date_trunc('day', at), kind) date_trunc('day', at) AS day, kind, id FROM events ORDER BY date_trunc('day', at), kind, at DESC
SELECT corr(qty, price), regr_slope(price, qty), covar_pop(qty, price), var_samp(price) FROM order_items
SELECT max(length(x.v)) FROM (SELECT name AS v FROM users UNION ALL SELECT email FROM users UNION ALL SELECT title FROM products) x
SELECT string_agg(format('%s=%s', k, v), '&' ORDER BY k) FROM (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'b', 2) q
SELECT id, name FROM orgs ORDER BY CASE WHEN plan = 'pro' THEN 0 ELSE 1 END, lower(name) DESC
SELECT id FROM users WHERE (SELECT count(*) FROM orders WHERE user_id = users.id) > 4 AND id IN (SELECT user_id FROM memberships)
SELECT sum(x.a * y.b) FROM (SELECT id AS a FROM orgs) x, (SELECT id AS b FROM orgs) y WHERE x.a <> y.b
SELECT sum(qty) FROM order_items WHERE price > ALL (ARRAY[10, 20]) AND product_id::text < 'f' AND qty <> SOME (ARRAY[1,2])
SELECT id, status, lag(status) OVER w AS before, count(*) FILTER (WHERE status = 'paid') OVER w AS paid FROM orders WINDOW w AS (PARTITION BY user_id ORDER BY placed_at, id)
SELECT *, sum(delta) OVER w AS s, avg(delta) OVER (w ROWS 2 PRECEDING) AS a FROM stock_moves WINDOW w AS (PARTITION BY sku ORDER BY moved_at)
SELECT user_id, string_agg(kind, ' > ' ORDER BY at) AS path, count(*) FROM events GROUP BY user_id
SELECT id FROM orders WHERE placed_at > now() - interval '100 years' AND placed_at < CURRENT_TIMESTAMP
SELECT id FROM users WHERE name IS NOT NULL AND name NOT SIMILAR TO '%(3|4)%' AND name BETWEEN SYMMETRIC 'User 9' AND 'User 2'
SELECT id, settings['theme'] AS theme, settings['flags'][0] FROM users WHERE settings['theme'] = '"dark"'
SELECT any_value(name), bit_and(qty), bit_or(line) FROM orgs, order_items
SELECT num_nulls(name, tags, org_id), num_nonnulls(name, deleted_at), coalesce(NULL, name, 'x') FROM users
SELECT i, i * i FROM generate_series(1, 5) i
SELECT gs.n, o.total FROM generate_series(1, 3) WITH ORDINALITY AS gs(n, o2) LEFT JOIN orders o ON o.id = gs.n
SELECT u.id FROM users u WHERE u.email IN ('u1@example.com') AND u.settings->'n' > '0' AND (u.settings->'n')::int < 9
SELECT DISTINCT status, count(*) OVER (PARTITION BY status) FROM orders
SELECT status FROM orders GROUP BY status ORDER BY min(total) DESC NULLS LAST LIMIT ALL
SELECT date '2024-01-31' + interval '1 month', timestamp '2024-01-01' - date '2023-12-25', time '10:00' + interval '90 min', interval '1 day' * 2.5, '2024-01-01'::date + time '03:00'
SELECT e.id, u.email FROM events e, users u WHERE u.id = e.user_id AND e.kind = 'purchase' AND e.at >= u.created_at AND e.payload @> '{"page": "/p/3"}'::jsonb
SELECT u.org_id, avg(x.n) FROM users u JOIN (SELECT user_id, count(*) n FROM orders GROUP BY 1) x ON x.user_id = u.id GROUP BY CUBE (u.org_id)
SELECT unnest(string_to_array(email, '@')) FROM users WHERE id < 3
SELECT (regexp_matches(email, '(\d+)'))[1]::int AS n FROM users
SELECT id FROM orders WHERE status::text LIKE 'p%' OR status IN (SELECT s FROM unnest(ARRAY['shipped']::order_status[]) s)
