-- What cannot be kept live yet: the code, the words, and the query, which Postgres takes.
MR-1006 | the function jsonb_path_query_first cannot be kept live: it takes a jsonpath | SELECT jsonb_path_query_first(payload, '$.page') FROM events WHERE id < 3
MR-1006 | the function @? cannot be kept live: it takes a jsonpath | SELECT id FROM events WHERE payload @? '$.ms ? (@ > 500)'
MR-1006 | the function enum_range cannot be kept live | SELECT s.status, count(o.id) FROM unnest(enum_range(NULL::order_status)) AS s(status) LEFT JOIN orders o ON o.status = s.status GROUP BY s.status
MR-1006 | the function pg_typeof cannot be kept live | SELECT pg_typeof(total) FROM orders ORDER BY id LIMIT 1
MR-1006 | the whole row 'o' can be given to | SELECT (o).total FROM (SELECT o FROM orders o LIMIT 1) x
MR-1006 | the aggregate array_agg over a window | SELECT array_agg(id) OVER (PARTITION BY org_id ORDER BY id) FROM users
MR-1006 | the aggregate string_agg | SELECT string_agg(kind, '>') OVER (PARTITION BY user_id ORDER BY at) FROM events
MR-1006 | the function row(int8, text) | SELECT ROW(id, email) FROM users ORDER BY id LIMIT 1
MR-1005 | Unknown field '*' | SELECT count(*) FROM users u WHERE u.* IS NOT NULL
MR-1001 | syntax error | SELECT * FROM json_to_recordset('[{"a":1,"b":"x"},{"a":2}]') AS t(a int, b text)
MR-1001 | syntax error | SELECT * FROM jsonb_to_recordset('[{"a":1,"b":"x"},{"a":2}]'::jsonb) AS t(a int, b text) JOIN orgs ON orgs.id = t.a
MR-1001 | syntax error | SELECT o.id, i.* FROM orders o CROSS JOIN LATERAL json_to_record(o.meta) AS i(src int)
MR-1006 | the function unnest in a select list | SELECT unnest(ARRAY['a','b']) AS k, unnest(ARRAY[1,2]) AS v
