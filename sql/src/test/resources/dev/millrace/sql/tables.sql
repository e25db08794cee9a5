CREATE TABLE item (id int4 PRIMARY KEY, x int4, y int4, name text, weight float8);
CREATE TABLE line (id int4 PRIMARY KEY, item_id int4, x int4, price numeric(8,2), day date);
CREATE TABLE note (tag text NOT NULL, x int8, body varchar(5), code char(3));
CREATE TABLE pair (p int2, q int4, flag bool, at timestamp, PRIMARY KEY (p, q));
SELECT setseed(0.42);
INSERT INTO item SELECT i, nullif((random() * 4)::int, 0), nullif((random() * 3)::int, 1),
    (ARRAY['ash', 'oak', 'elm', '', 'Öl', NULL])[1 + floor(random() * 6)], nullif(round(random() * 3), 2) / 2 FROM generate_series(1, 14) i;
INSERT INTO line SELECT i, nullif((random() * 16)::int, 3), nullif((random() * 4)::int, 2),
    nullif(round((random() * 5)::numeric, 1), 1.0), nullif(date '2024-02-27' + (random() * 4)::int, date '2024-02-29') FROM generate_series(1, 22) i;
INSERT INTO note SELECT (ARRAY['ash', 'oak', 'yew', ''])[1 + floor(random() * 4)], nullif((random() * 4)::int, 1),
    (ARRAY['a', 'bb', 'ccccc', '', NULL])[1 + floor(random() * 5)], (ARRAY['a', 'ab', 'abc', '', NULL])[1 + floor(random() * 5)] FROM generate_series(1, 12) i;
INSERT INTO note SELECT * FROM note LIMIT 3;
INSERT INTO pair SELECT p, q, (ARRAY[true, false, NULL])[1 + floor(random() * 3)],
    timestamp '2024-02-28 12:00' + (random() * 3)::int * interval '0.000001 second' FROM generate_series(1, 4) p, generate_series(1, 4) q WHERE random() < 0.7;
