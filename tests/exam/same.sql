-- Each query by its dialect: what is proved the same stands in same.txt.
-- sqlite
SELECT id, city FROM customer
-- sqlite: the city is no key
SELECT city FROM customer
-- sqlite
SELECT DISTINCT c.id, s.sold_on FROM customer c LEFT JOIN sale s ON s.customer_id = c.id
-- sqlite
SELECT DISTINCT s.id, c.city FROM sale s JOIN customer c ON c.id = s.customer_id
-- mysql: Oslo and oslo are equal there, so an e-mail tells nobody apart
SELECT email FROM customer
-- mysql
SELECT id FROM customer
-- postgres
SELECT email FROM customer
-- sqlite: a key of two columns
SELECT item_id, day, pieces FROM stock
-- sqlite: half a key
SELECT item_id, pieces FROM stock
-- sqlite: the customer of each sale is there, the item may be NULL
SELECT s.id, c.city, i.price FROM sale s JOIN customer c ON c.id = s.customer_id LEFT JOIN item i ON i.id = s.item_id
-- sqlite: behind an outer join the reference may be NULL
SELECT i.id, c.city FROM item i LEFT JOIN sale s ON s.item_id = i.id LEFT JOIN customer c ON c.id = s.customer_id
-- sqlite
SELECT customer_id, SUM(amount) AS a, COUNT(item_id) AS n, COUNT(sold_on) AS m, SUM(id) AS s FROM sale GROUP BY customer_id
-- sqlite: without groups there may be no row
SELECT SUM(id) AS s, MIN(sold_on) AS first FROM sale
-- sqlite: a column of the outer query
SELECT c.id, (SELECT COUNT(c.id) FROM sale s WHERE s.customer_id = c.id) AS n FROM customer c
-- postgres: ROLLUP leaves the key NULL
SELECT COALESCE(sold_on, DATE '2025-01-01') AS d, SUM(id) AS s FROM sale GROUP BY ROLLUP (sold_on)
-- sqlite
SELECT COALESCE(amount, 0) AS a, COALESCE(sold_on, '2025-01-01') AS b FROM sale WHERE sold_on IS NOT NULL AND amount IS NOT NULL
-- postgres: 3 / 2 is 1, and 3.0 / 2 is 1.5
SELECT COALESCE(id, 0.0) / 2 AS half, COALESCE(id, 0) / 2 AS whole FROM sale
-- sqlite: the alias hides the column in ORDER BY, but not in a window
SELECT city AS id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM customer ORDER BY id, n
-- sqlite: 1 is a number there, and no item
SELECT id, RANK() OVER (ORDER BY 1) AS r FROM customer
-- sqlite
SELECT id, RANK() OVER (PARTITION BY customer_id ORDER BY sold_on, id) AS r, SUM(amount) OVER (ORDER BY sold_on, id) AS t, SUM(amount) OVER (ORDER BY sold_on) AS u FROM sale
-- sqlite: EXCLUDE TIES is no running frame
SELECT id, SUM(amount) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS t FROM sale
-- sqlite: only who is first
WITH r AS (SELECT id, city, RANK() OVER (PARTITION BY city ORDER BY since) AS place FROM customer) SELECT id FROM r WHERE place = 1
-- sqlite: the first two
WITH r AS (SELECT id, city, RANK() OVER (PARTITION BY city ORDER BY since) AS place FROM customer) SELECT id FROM r WHERE place <= 2
-- sqlite: the place is shown as well
WITH r AS (SELECT id, RANK() OVER (ORDER BY since) AS place FROM customer) SELECT id, place FROM r WHERE place = 1 OR id = 1
-- sqlite: read once by a name that hides it
WITH r AS (SELECT id, RANK() OVER (ORDER BY since) AS place FROM customer), q AS (SELECT * FROM r) SELECT q.id, q.place FROM r JOIN q ON r.id = q.id WHERE r.place = 1
-- sqlite: the order of the places decides who is in
WITH r AS (SELECT id, RANK() OVER (PARTITION BY city ORDER BY since) AS place FROM customer ORDER BY 2, 1 LIMIT 3) SELECT id FROM r WHERE place = 1
-- snowflake
SELECT id, since FROM customer QUALIFY RANK() OVER (PARTITION BY city ORDER BY since) = 1
-- snowflake: the place is shown
SELECT id, RANK() OVER (ORDER BY since) AS place FROM customer QUALIFY place <= 2
-- sqlite: a key settles the order, what stands behind it is idle
SELECT id, city, since FROM customer ORDER BY id, city, since LIMIT 3
-- sqlite: sums of groups
SELECT customer_id, sold_on, SUM(amount) AS a FROM sale GROUP BY customer_id, sold_on ORDER BY sold_on, customer_id, a LIMIT 5
-- sqlite: what is grouped by besides the key
SELECT c.id, c.city, COUNT(s.id) AS n, COUNT(DISTINCT s.id) AS m FROM customer c LEFT JOIN sale s ON s.customer_id = c.id GROUP BY c.id, c.city
-- sqlite: a group of a group may have a NULL of its own
SELECT g.customer_id, g.m, COUNT(*) AS n FROM customer c LEFT JOIN (SELECT item_id AS customer_id, MAX(amount) AS m FROM sale GROUP BY item_id) g ON g.customer_id = c.id OR c.id = 1 GROUP BY g.customer_id, g.m
-- sqlite: a moment is never a date
SELECT id FROM customer WHERE since >= date('2025-06-30', 'start of month') AND since < '2025-06-04'
-- sqlite: a date may be a date
SELECT id FROM sale WHERE sold_on >= '2025-06-01'
-- postgres: a moment may be midnight
SELECT id FROM customer WHERE since >= DATE '2025-06-01'
-- sqlite: a table behind a CTE of its name
WITH customer AS (SELECT city FROM customer) SELECT city FROM customer
-- postgres: for each row another one
SELECT l.one FROM sale s CROSS JOIN LATERAL (SELECT s.amount AS one) l
-- postgres: the rows of a set
SELECT DISTINCT id FROM (SELECT id FROM customer UNION ALL SELECT id FROM sale) u
-- postgres
SELECT DISTINCT ON (city) city, since FROM customer ORDER BY city, since, id
-- sqlite: it never differs, and is never NULL
SELECT id FROM customer WHERE email <> 'a' OR city <> 'Oslo'
