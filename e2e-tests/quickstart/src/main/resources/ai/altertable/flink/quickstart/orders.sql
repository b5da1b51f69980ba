-- Orders as a shop would send them: 200,000, in a stream of 40,000 a second.
CREATE TEMPORARY TABLE shop (
    id BIGINT,
    country_code INT,
    amount DECIMAL(12, 2),
    ordered_at TIMESTAMP(3)
) WITH (
    'connector' = 'datagen',
    'number-of-rows' = '200000',
    'rows-per-second' = '40000',
    'fields.id.kind' = 'sequence',
    'fields.id.start' = '1',
    'fields.id.end' = '200000',
    'fields.country_code.min' = '0',
    'fields.country_code.max' = '6',
    'fields.amount.min' = '1',
    'fields.amount.max' = '500'
);

-- A table in the lakehouse. Flink adds to it: it has no key.
CREATE TABLE orders (
    id BIGINT,
    country STRING,
    amount DECIMAL(12, 2),
    ordered_at TIMESTAMP(3)
) WITH (
    'connector' = 'altertable',
    'url' = 'http://127.0.0.1:15000',
    'username' = 'altertable',
    'password' = 'altertable',
    'catalog' = 'lake',
    'table' = 'orders',
    'sink.create-table' = 'true'
);

-- Another one. It has a key, so the last row of a country replaces the one before.
CREATE TABLE revenue (
    country STRING,
    orders BIGINT,
    revenue DECIMAL(38, 2),
    PRIMARY KEY (country) NOT ENFORCED
) WITH (
    'connector' = 'altertable',
    'url' = 'http://127.0.0.1:15000',
    'username' = 'altertable',
    'password' = 'altertable',
    'catalog' = 'lake',
    'table' = 'revenue',
    'sink.create-table' = 'true'
);

CREATE TEMPORARY VIEW incoming AS
SELECT id, ELT(country_code + 1, 'DE', 'FR', 'IT', 'ES', 'PL', 'NL', 'SE') AS country, amount, ordered_at
FROM shop;

-- One job: every order into the one table, the running revenue of each country into the other.
EXECUTE STATEMENT SET BEGIN
    INSERT INTO orders SELECT id, country, amount, ordered_at FROM incoming;
    INSERT INTO revenue SELECT country, COUNT(*), SUM(amount) FROM incoming GROUP BY country;
END;

-- And back from the lakehouse.
SET 'execution.runtime-mode' = 'batch';

SELECT COUNT(*) AS orders, MIN(amount) AS smallest, MAX(amount) AS largest FROM orders;

SELECT country, orders, revenue FROM revenue ORDER BY revenue DESC;
