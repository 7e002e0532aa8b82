// DuckDB behind a pipe: a JSON string of SQL a line in, names, types and rows as JSON a line out.
const { DuckDBInstance } = require('@duckdb/node-api');
const readline = require('readline');

(async () => {
  const link = await (await DuckDBInstance.create(':memory:')).connect();
  // Only now: lines read before the loop waits for them would be lost.
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let reply;
    try {
      const r = await link.runAndReadAll(JSON.parse(line));
      reply = { names: r.columnNames(), types: r.columnTypes().map(t => t.toString()), rows: r.getRowsJson() };
    } catch (e) {
      reply = { error: e.message };
    }
    process.stdout.write(JSON.stringify(reply) + '\n');
  }
})();
