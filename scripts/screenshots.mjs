// Takes pictures of every page of a running server: on a phone and on a computer, light and dark, with JavaScript on
// and off.
//
//   node scripts/screenshots.mjs folder [http://127.0.0.1:3000]
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium as browserPath, chromiumFlags } from '../end2end/chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { chromium } = createRequire(join(root, 'end2end/package.json'))('@playwright/test');
const [folder, home = 'http://127.0.0.1:3000'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/screenshots.mjs folder [address]');
mkdirSync(folder, { recursive: true });

const person = { name: 'Ada', email: `pictures-${Date.now()}@example.com`, password: 'quiet river at dawn' };
const day = (fromToday) => new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10);
const tasks = [
  { title: 'Renew the passport', due_date: day(-2), priority: 'high', tags: ['papers'] },
  { title: 'Water the ferns', due_date: day(-1), priority: 'low', tags: ['home', 'garden'] },
  { title: 'Call the dentist', due_date: day(0), due_time: '10:30', priority: 'medium' },
  { title: 'Send Grace the draft', due_date: day(0), tags: ['work'], notes: 'The second one, with the corrections.' },
  { title: 'Plan the hike around the lake and find out when the ferry goes back on Sundays', due_date: day(1), tags: ['friends', 'outdoors'] },
  { title: 'Book the train', due_date: day(4), priority: 'medium', tags: ['travel'] },
  { title: 'Read the chapter on sorting', priority: 'low' },
  { title: 'Repair the bicycle lamp' },
  { title: 'Buy a birthday present' },
];

const browser = await chromium.launch({ executablePath: browserPath(), args: chromiumFlags });
const owner = await browser.newContext({ baseURL: home });
await send('POST', '/api/auth/signup', person);
const session = await owner.storageState();
await takeAll([
  { name: 'empty-dashboard', path: '/dashboard', isPrivate: true },
  { name: 'empty-tasks', path: '/tasks', isPrivate: true },
]);
const ids = [];
for (const task of tasks) ids.push((await send('POST', '/api/me/tasks', task)).id);
for (const id of ids.slice(-2)) await send('PATCH', `/api/me/tasks/${id}/complete`, { is_completed: true });
const daily = await send('POST', '/api/me/tasks', { title: 'Stretch for ten minutes', due_date: day(-1), rrule: 'FREQ=DAILY' });
await send('PATCH', `/api/me/tasks/${daily.id}/complete`, { is_completed: true });
const project = await send('POST', '/api/me/projects', { name: 'House', colour: 'green' });
for (const id of ids.slice(0, 2)) await send('PATCH', `/api/me/tasks/${id}`, { project_id: project.id });
const filter = await send('POST', '/api/me/filters', { name: 'Soon', query: 'due:..+7d & !high' });
await send('DELETE', `/api/me/tasks/${ids[6]}`);
await takeAll([
  { name: 'front', path: '/' },
  { name: 'signup', path: '/signup' },
  { name: 'signup-refused', path: '/signup', act: (page) => refuse(page, 'Sign up') },
  { name: 'signin', path: '/signin' },
  { name: 'signin-expired', path: '/signin?next=/tasks&reason=expired' },
  { name: 'signin-refused', path: '/signin', act: (page) => refuse(page, 'Sign in') },
  { name: 'dashboard', path: '/dashboard', isPrivate: true },
  { name: 'tasks', path: '/tasks', isPrivate: true },
  { name: 'tasks-more-fields', path: '/tasks', isPrivate: true, act: (page) => page.getByText('More fields').click() },
  { name: 'tasks-editing', path: '/tasks', isPrivate: true, act: (page) => page.getByRole('link', { name: 'Edit Call the dentist' }).click() },
  { name: 'tasks-refused', path: '/tasks', isPrivate: true, act: (page) => page.getByRole('button', { name: 'Add task' }).click() },
  { name: 'tasks-done', path: '/tasks?status=done', isPrivate: true },
  { name: 'tasks-no-match', path: '/tasks?q=nothing', isPrivate: true },
  { name: 'task', path: `/tasks/${ids[3]}`, isPrivate: true },
  ...['/inbox', '/today', '/upcoming', '/logbook', '/bin', '/search?q=the', '/projects', '/tags', '/filters'].map(listed),
  { name: 'project', path: `/projects/${project.id}`, isPrivate: true },
  { name: 'filter', path: `/filters/${filter.id}`, isPrivate: true },
  { name: 'forgot', path: '/forgot' },
  { name: 'settings', path: '/settings', isPrivate: true },
  ...['/settings/security', '/settings/tokens'].map(listed),
  { name: 'settings-devices', path: '/settings/devices', isPrivate: true },
  { name: 'settings-activity', path: '/settings/activity', isPrivate: true },
  { name: 'settings-data', path: '/settings/data', isPrivate: true },
  { name: 'signout', path: '/signout', isPrivate: true },
  { name: 'not-found', path: '/nowhere' },
  // The first account of a server runs it; anybody else sees that there is no such page.
  ...['/admin', '/admin/users'].map(listed),
]);
await browser.close();

function listed(path) {
  return { name: path.slice(1).replaceAll('/', '-').replace(/\?.*/, ''), path, isPrivate: true };
}

async function send(method, path, data) {
  const answer = await owner.request.fetch(path, { method, data, headers: { 'Sec-Fetch-Site': 'same-origin' } });
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
  return answer.status() === 204 ? undefined : answer.json();
}

async function refuse(page, button) {
  await page.getByLabel('Email', { exact: true }).fill('nobody@example.com');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByText(/Use at least|Invalid credentials/).first().waitFor();
}

async function takeAll(pages) {
  for (const javaScriptEnabled of [true, false]) {
    for (const width of [375, 1280]) {
      for (const colorScheme of ['light', 'dark']) {
        const look = { baseURL: home, javaScriptEnabled, colorScheme, viewport: { width, height: 800 } };
        const suffix = `${width}-${colorScheme}-${javaScriptEnabled ? 'js' : 'nojs'}.png`;
        for (const page of pages) await take(page, look, join(folder, `${page.name}-${suffix}`));
      }
    }
  }
}

async function take({ path, isPrivate, act }, look, file) {
  const context = await browser.newContext({ ...look, storageState: isPrivate ? session : undefined });
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'networkidle' });
  await act?.(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: file, fullPage: true });
  await context.close();
}
