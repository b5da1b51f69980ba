-- The orders that were uploaded a moment ago.
SELECT count(*) AS orders, min(ordered_at) AS first_order, max(ordered_at) AS last_order
FROM lake.main.orders;

-- Revenue by country. As a text a DECIMAL keeps every digit; as a JSON number it might not.
SELECT country, count(*) AS orders, CAST(sum(amount) AS VARCHAR) AS revenue
FROM lake.main.orders
GROUP BY country
ORDER BY sum(amount) DESC;

-- The best hours of the day.
SELECT extract(hour FROM ordered_at) AS hour, CAST(sum(amount) AS VARCHAR) AS revenue
FROM lake.main.orders
GROUP BY hour
ORDER BY sum(amount) DESC
LIMIT 3;
