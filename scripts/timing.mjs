// Whether anything can be told by time: pairs of requests that must not be told apart, asked in turns of the release.
// The medians may differ by less than 5 %, and the Mann–Whitney test must not tell the two apart (p > 0.01). One pair
// in a hundred fails the latter by chance, so that one that fails is measured once more.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { ground, root } from './release.mjs';

const samples = 400;
const discarded = 20;
/** So many wrong guesses at one account cost no wait. */
const free = 4;
const right = 'quiet river at dawn';

/** Measures every pair and tells of each `{ id, what, medians, difference, p, ok }`. */
export async function measure() {
  return [...(await withoutMail()), ...(await withMail())];
}

const settings = { TICKBOX_TRUSTED_PROXIES: '127.0.0.1', TICKBOX_LOG: 'off' };

async function withoutMail() {
  const { home, start, dispose } = await ground(settings);
  const server = await start();
  try {
    return await judgeAll(await pairs(sender(home)));
  } finally {
    await server.stop();
    dispose();
  }
}

/** Who has an account is known from before there was a mail server, so that nobody has to confirm an address first. */
async function withMail() {
  const mailbox = spawn(process.execPath, [join(root, 'end2end/mailbox/server.mjs'), '--tied'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: mailbox.stdout }), 'line');
  const { home, start, dispose } = await ground({ ...settings, SMTP_URL: `smtp://127.0.0.1:${JSON.parse(line).smtp}`, TICKBOX_MAIL_FROM: 'tickbox@example.com' });
  let server = await start({ SMTP_URL: '' });
  try {
    const send = sender(home);
    const known = await signUpMany(send, 4 * (samples + discarded));
    await server.stop();
    server = await start();
    return await judgeAll(mailPairs(send, known));
  } finally {
    await server.stop();
    dispose();
    mailbox.kill();
  }
}

async function judgeAll(pairs) {
  const found = [];
  for (const pair of pairs) {
    let verdict = judge(await inTurns(pair));
    const isSecond = !verdict.ok;
    if (isSecond) verdict = judge(await inTurns(pair));
    found.push({ id: pair.id, what: pair.what, isSecond, ...verdict });
  }
  return found;
}

/** Sends a request from an address of its own, so that only accounts are throttled. */
function sender(home) {
  return async (method, path, status, { body, token } = {}) => {
    const headers = { 'X-Forwarded-For': `10.${byte()}.${byte()}.${byte()}` };
    if (body) headers['Content-Type'] = 'application/json';
    if (token) headers.Authorization = `Bearer ${token}`;
    const answer = await fetch(home + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text && answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  };
}

const byte = () => Math.floor(Math.random() * 256);
const stranger = () => ({ email: `${randomUUID()}@example.com` });

async function signUpMany(send, count) {
  const people = [];
  while (people.length < count) {
    const { email } = stranger();
    const account = await send('POST', '/api/auth/signup', 201, { body: { email, password: right, cookies: false } });
    people.push({ email, token: account.access_token });
  }
  return people;
}

/** Each mailbox is written to once a minute, so every request asks for another; wished for twice if it is measured once more. */
function mailPairs(send, known) {
  const ask = (path, body) => [() => known.pop(), stranger].map((next) => () => send('POST', path, 202, { body: body(next()) }));
  return [
    { id: 'C04', what: 'sign-up, known and unknown e-mail', sides: ask('/api/auth/signup', ({ email }) => ({ email, password: right, cookies: false })) },
    { id: 'C05', what: 'a forgotten password, known and unknown e-mail', sides: ask('/api/auth/reset', ({ email }) => ({ email })) },
  ];
}

async function pairs(send) {
  // Of the three kinds of guesses each needs fresh accounts, twice if it is measured once more.
  const known = await signUpMany(send, Math.ceil((6 * (samples + discarded)) / free));
  const [ada, bob] = await signUpMany(send, 2);
  const task = await send('POST', '/api/me/tasks', 201, { body: { title: 'Not yours' }, token: bob.token });
  const guess = (password) => [turns(() => known.pop()), turns(stranger)].map((next) => () => {
    const { email } = next();
    return send('POST', '/api/auth/signin', 401, { body: { email, password } });
  });
  const look = (id) => () => send('GET', `/api/me/tasks/${id}`, 404, { token: ada.token });
  return [
    { id: 'C02', what: 'sign-in, known and unknown e-mail', sides: guess('not the password at all') },
    { id: 'C03', what: 'the same with an empty password', sides: guess('') },
    { id: 'C03', what: 'the same with a password of 200 kB', sides: guess('x'.repeat(200_000)) },
    { id: 'F09', what: 'a foreign task and none', sides: [look(task.id), look(randomUUID())] },
  ];
}

/** Every account is guessed at a few times, then the next. */
function turns(next) {
  let [left, account] = [0];
  return () => {
    if (left === 0) [left, account] = [free, next()];
    left -= 1;
    return account;
  };
}

async function inTurns({ sides }) {
  const times = [[], []];
  for (let round = 0; round < samples + discarded; round += 1) {
    // Whoever goes first changes, so that neither gains by it.
    for (const side of round % 2 ? [1, 0] : [0, 1]) {
      const begun = performance.now();
      await sides[side]();
      if (round >= discarded) times[side].push(performance.now() - begun);
    }
  }
  return times;
}

function judge([one, other]) {
  const medians = [median(one), median(other)];
  const difference = Math.abs(medians[0] - medians[1]) / Math.min(...medians);
  const p = mannWhitney(one, other);
  return { medians, difference, p, ok: difference < 0.05 && p > 0.01 };
}

function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

/** The two-sided p of the Mann–Whitney U test, by its normal approximation with correction for ties. */
export function mannWhitney(one, other) {
  const all = [...one.map((time) => [time, 0]), ...other.map((time) => [time, 1])].sort(([a], [b]) => a - b);
  const [m, n, count] = [one.length, other.length, all.length];
  let [ranks, ties] = [0, 0];
  for (let from = 0; from < count; ) {
    let to = from;
    while (to < count && all[to][0] === all[from][0]) to += 1;
    const rank = (from + 1 + to) / 2;
    ranks += rank * all.slice(from, to).filter(([, side]) => side === 0).length;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const u = ranks - (m * (m + 1)) / 2;
  const deviation = Math.sqrt(((m * n) / 12) * (count + 1 - ties / (count * (count - 1))));
  const z = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5) / deviation;
  return 2 * upperTail(z);
}

/** The probability that a normal variable exceeds z (Abramowitz and Stegun 26.2.17). */
function upperTail(z) {
  const t = 1 / (1 + 0.2316419 * z);
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

/** A line about a pair. */
export function told({ id, what, medians, difference, p, isSecond, ok }) {
  const [one, other] = medians.map((time) => time.toFixed(2));
  const again = isSecond ? ', the second time' : '';
  return `${id}  ${what}: medians ${one} and ${other} ms, ${(100 * difference).toFixed(1)} % apart, p = ${p.toFixed(3)}${again}  ${ok ? 'ok' : 'FAILED'}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await measure();
  for (const pair of found) console.log(told(pair));
  if (found.some(({ ok }) => !ok)) process.exit(1);
}
