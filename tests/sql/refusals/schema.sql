CREATE TABLE emp (id INT PRIMARY KEY, name VARCHAR(20), dept_id INT, manager_id INT, salary DOUBLE PRECISION, hired DATE, active BOOLEAN);
CREATE TABLE dept (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, budget INT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, amount DOUBLE PRECISION, qty INT, status VARCHAR(10), ordered_at TIMESTAMP);
CREATE TABLE line (order_id INT NOT NULL, nr INT NOT NULL, sku VARCHAR(10), price DOUBLE PRECISION, PRIMARY KEY (order_id, nr));
