// What a browser loads for /tasks the first time: WASM, script and styles of the release as they are sent, compressed
// with brotli. As a program it prints the sizes and fails above the budget.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const budget = 180_000;
const root = fileURLToPath(new URL('..', import.meta.url));

/** The newest build's files: cargo-leptos notes their hashes beside the program. */
export function sizes() {
  const folder = join(root, 'target/site/pkg');
  const hashes = readFileSync(join(root, 'target/release/hash.txt'), 'utf8');
  return [...hashes.matchAll(/^(wasm|js|css): (\S+)$/gm)].map(([, kind, hash]) => {
    const name = readdirSync(folder).find((file) => file.endsWith(`.${hash}.${kind}`));
    if (!name) throw new Error(`${folder} lacks the ${kind} file of the newest build; run make build`);
    const path = join(folder, name);
    return { kind, raw: statSync(path).size, brotli: statSync(`${path}.br`).size };
  });
}

/** Numbers of a table, every column as wide as its widest cell. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows.map((row) => row.map((cell, column) => String(cell)[column ? 'padStart' : 'padEnd'](widths[column])).join('   ')).join('\n');
}

export function sizeTable() {
  const found = sizes();
  const sum = (key) => found.reduce((total, file) => total + file[key], 0);
  const rows = [...found, { kind: 'together', raw: sum('raw'), brotli: sum('brotli') }];
  return [['bytes', 'raw', 'brotli'], ...rows.map(({ kind, raw, brotli }) => [kind, raw, brotli])];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = sizeTable();
  const sum = rows.at(-1)[2];
  console.log(table(rows));
  console.log(`The first load of /tasks may bring ${budget} bytes; it brings ${sum}.`);
  if (sum >= budget) process.exit(1);
}
