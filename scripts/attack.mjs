// Runs every test that is an attack of docs/attacks.md, and those alone, and prints a line for each row. What to run can
// be named: http (with the tests inside the code), browser, time; without a name it is all of it. `make attack` builds
// and installs first.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './release.mjs';
import { measure, told } from './timing.mjs';

const columns = ['SQLite', 'PostgreSQL', 'code', 'browser', 'time'];
const asked = process.argv.slice(2);
const isAsked = (part) => asked.length === 0 || asked.includes(part);
const folder = mkdtempSync(join(tmpdir(), 'tickbox-attack-'));
/** What can come of a test, the best first. A flaky one came through only when it was run once more. */
const grades = ['ok', 'flaky', 'FAILED'];
/** The worst that came of each row, by its id and column. */
const results = new Map();
let failed = false;

try {
  if (isAsked('http')) http();
  if (isAsked('browser')) browser();
  const pairs = isAsked('time') ? await measure() : [];
  for (const { id, ok } of pairs) note(id, 'time', ok ? 'ok' : 'FAILED');
  print();
  for (const pair of pairs) console.log(told(pair));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function note(id, column, grade) {
  const key = `${id} ${column}`;
  const worst = Math.max(grades.indexOf(grade), grades.indexOf(results.get(key)));
  results.set(key, grades[worst]);
  if (grade === 'FAILED') failed = true;
}

function run(command, ...args) {
  console.log(`\n== ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: join(folder, 'browser.json') } });
  if (status !== 0) failed = true;
}

/** What a run has left behind. */
function reportIn(path) {
  if (!existsSync(path)) throw new Error('the tests did not run to their end; what went wrong stands above');
  return readFileSync(path, 'utf8');
}

function http() {
  const report = join(root, 'target/nextest/attack/attack.xml');
  rmSync(report, { force: true });
  const tests = 'test(/(^|::)[a-i][0-9]{2}_/)';
  run('scripts/postgres.sh', 'run', 'cargo', 'nextest', 'run', '--release', '--workspace', '--exclude', 'frontend', '--profile', 'attack', '-E', tests);
  for (const [, name, rest] of reportIn(report).matchAll(/<testcase name="([^"]+)"([\s\S]*?)(?=<testcase |<\/testsuite>)/g)) {
    const [database] = /(sqlite|postgres)$/.exec(name) ?? [];
    const column = { sqlite: 'SQLite', postgres: 'PostgreSQL' }[database] ?? 'code';
    const test = name.split('::').find((part) => /^[a-i]\d\d_/.test(part));
    const ids = test.split('_').filter((word) => word !== 'and');
    for (const id of leading(ids)) note(id, column, /<(failure|error)\b/.test(rest) ? 'FAILED' : 'ok');
  }
}

function browser() {
  run('npx', '--prefix', 'end2end', 'playwright', 'test', '--config', 'end2end', '--grep', '(^| )[A-I][0-9]{2} ', '--reporter', 'list,json');
  const visit = ({ suites = [], specs = [] }) => {
    suites.forEach(visit);
    for (const { title, ok, tests } of specs) {
      const isFlaky = tests.some(({ status }) => status === 'flaky');
      for (const id of leading(title.split(' '))) note(id, 'browser', !ok ? 'FAILED' : isFlaky ? 'flaky' : 'ok');
    }
  };
  visit(JSON.parse(reportIn(join(folder, 'browser.json'))));
}

/** The ids at the beginning of a test's name. */
function leading(words) {
  const end = words.findIndex((word) => !/^[a-i]\d\d$/i.test(word));
  return words.slice(0, end).map((word) => word.toUpperCase());
}

function print() {
  const list = readFileSync(join(root, 'docs/attacks.md'), 'utf8');
  const rows = [...list.matchAll(/^\| ([A-I]\d\d) \| (.*?) \|(.*)\|$/gm)].map(([, id, what, reason]) => [id, what, reason.trim()]);
  const width = Math.max(...rows.map(([, what]) => what.length));
  const line = (id, what, cells) => `${id.padEnd(4)}${what.padEnd(width)}  ${cells.map((cell, column) => cell.padEnd(columns[column].length)).join('  ')}`;
  console.log(`\n${line('', '', columns)}`);
  for (const [id, what, reason] of rows) {
    const cells = columns.map((column) => results.get(`${id} ${column}`) ?? '·');
    console.log(line(id, what, cells).trimEnd() + (reason ? `  ${reason}` : ''));
  }
  const count = (isWanted) => rows.filter(([id]) => columns.some((column) => isWanted(results.get(`${id} ${column}`)))).length;
  const [tried, flaky, bad] = [count(Boolean), count((grade) => grade === 'flaky'), count((grade) => grade === 'FAILED')];
  console.log(`\n${rows.length} rows, ${tried} tried, ${flaky} flaky, ${bad} failed\n`);
}
