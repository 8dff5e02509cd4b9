// Measures the release on this machine and prints what it found; it judges nothing. `make bench` builds first.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compareSizes } from './bench_lists.mjs';
import { ground, root } from './release.mjs';
import { sizeTable, table } from './sizes.mjs';

const autocannon = createRequire(join(root, 'end2end/package.json'))('autocannon');
const starts = 10;
const connections = 20;
const seconds = 5;

const { home, start, dispose } = await ground();

try {
  await (await start()).stop();
  const times = [];
  for (let run = 0; run < starts; run += 1) {
    const server = await start();
    times.push(server.milliseconds);
    await server.stop();
  }
  times.sort((a, b) => a - b);

  const server = await start();
  const cookie = await signUp();
  for (let task = 1; task <= 50; task += 1) await post('/api/me/tasks', { title: `Task number ${task}` }, cookie);
  for (const path of ['/', '/signin', '/tasks', '/dashboard']) await (await fetch(home + path, { headers: { cookie } })).text();
  await pause(1000);
  const idle = server.megabytes();
  const rates = [];
  for (const [name, path, headers] of [
    ['GET /healthz', '/healthz', {}],
    ['GET /signin', '/signin', {}],
    ['GET /tasks, 50 tasks', '/tasks', { cookie }],
    ['GET /api/me/tasks, 50 tasks', '/api/me/tasks', { cookie }],
  ]) {
    const result = await autocannon({ url: home + path, headers, connections, duration: seconds });
    if (result.non2xx > 0 || result.errors > 0) throw new Error(`${name}: ${result.non2xx} bad answers, ${result.errors} errors`);
    rates.push([name, Math.round(result.requests.average), result.latency.p50, result.latency.p99]);
  }
  const loaded = server.megabytes();
  console.log('Filling two accounts with tasks…');
  const compared = await compareSizes(home);
  await server.stop();

  const median = (times[starts / 2 - 1] + times[starts / 2]) / 2;
  console.log(`\nStart to first answer on an existing database, ${starts} times`);
  console.log(table([['', 'ms'], ['median', median.toFixed(1)], ['slowest', times.at(-1).toFixed(1)]]));
  console.log('\nResident memory');
  console.log(table([['', 'MB'], ['idle, after a few requests', idle.toFixed(1)], ['after the load below', loaded.toFixed(1)]]));
  console.log('\nFirst load of /tasks');
  console.log(table(sizeTable()));
  console.log(`\nRequests, ${connections} connections for ${seconds} s each, load and server on the same machine`);
  console.log(table([['', 'per second', 'p50 ms', 'p99 ms'], ...rates]));
  console.log('\nThe same questions in two accounts, one request at a time');
  console.log(table(compared));
} finally {
  dispose();
}

async function signUp() {
  const answer = await post('/api/auth/signup', { email: `bench-${Date.now()}@example.com`, password: 'quiet river at dawn' });
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

async function post(path, body, cookie = '') {
  const headers = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', cookie };
  const answer = await fetch(home + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
