import { readFileSync } from 'node:fs';
import { changePassword, expectComplaint, expectSignedIn, expectSignedOut, signIn } from '../../support/accounts.js';
import { change, open } from '../../support/browser.js';
import { somebody } from '../../support/people.js';
import { arrive, send, tasksOf } from '../../support/rest.js';
import { fillNewTask, taskLink } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

const saved = { hasText: 'Saved' };

test('name, zone and theme are kept and take effect', async ({ page }) => {
  await arrive(page);
  await open(page, '/settings');
  await page.getByLabel('Name', { exact: true }).fill('Countess Ada');
  await page.getByLabel('Time zone', { exact: true }).selectOption('Pacific/Kiritimati');
  await page.getByLabel('Theme', { exact: true }).selectOption('Dark');
  await change(page, () => page.getByRole('button', { name: 'Save profile' }).click());
  await expect(page.getByRole('status').filter(saved)).toBeVisible();
  await open(page, '/dashboard');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Countess Ada');
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  await open(page, '/settings');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Countess Ada');
  await expect(page.getByLabel('Time zone', { exact: true })).toHaveValue('Pacific/Kiritimati');
  await expect(page.getByLabel('Theme', { exact: true })).toHaveValue('dark');
});

test('new tasks are read with the signs that were chosen', async ({ page }) => {
  await arrive(page);
  await open(page, '/settings');
  await page.getByLabel('Signs in new tasks', { exact: true }).selectOption('Todoist: @tag #project p1');
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await open(page, '/tasks');
  await fillNewTask(page, { title: 'Call Grace @friends p1' });
  await change(page, () => page.getByRole('button', { name: 'Add task' }).click());
  await expect(taskLink(page, 'Call Grace')).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([{ title: 'Call Grace', tags: ['friends'], priority: 'high' }]);
});

test('"today" is the day of the chosen zone', async ({ page }) => {
  await arrive(page);
  await send(page, 'PATCH', '/api/auth/me', { settings: { time_zone: 'Pacific/Kiritimati' } });
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(new Date());
  await send(page, 'POST', '/api/me/tasks', { title: 'On the island', due_date: today });
  await open(page, '/tasks');
  await expect(page.getByRole('listitem').filter({ hasText: 'On the island' })).toContainText('Today');
});

test('a changed password is the only one that works, and other devices are signed out', async ({
  page,
  anotherBrowser,
  watch,
}) => {
  watch.expectAnswer(401);
  const ada = await arrive(page);
  const phone = await anotherBrowser();
  await signIn(phone, ada);
  await expect(phone).toHaveURL(/\/dashboard$/);
  await open(page, '/settings');
  await changePassword(page, ada.password, 'another quiet river');
  await expect(page.getByRole('status').filter(saved)).toBeVisible();
  await expectSignedIn(page);
  await expectSignedOut(phone);
  await signIn(phone, ada);
  await expect(phone.getByRole('alert')).toHaveText('Invalid credentials');
  await signIn(phone, { email: ada.email, password: 'another quiet river' });
  await expect(phone).toHaveURL(/\/dashboard$/);
});

test('a wrong current password changes nothing', async ({ page, anotherBrowser, watch }) => {
  watch.expectAnswer(422);
  const ada = await arrive(page);
  await open(page, '/settings');
  await changePassword(page, 'not this one, sorry', 'another quiet river');
  await expectComplaint(page, 'Current password', /./);
  const phone = await anotherBrowser();
  await signIn(phone, ada);
  await expect(phone).toHaveURL(/\/dashboard$/);
  await expectSignedIn(page);
});

test('a new password that is too short is told beside its field', async ({ page, watch }) => {
  watch.expectAnswer(422);
  const ada = await arrive(page);
  await open(page, '/settings');
  await page.getByLabel('Current password', { exact: true }).fill(ada.password);
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expectComplaint(page, 'New password', 'Use at least 8 characters');
});

test('a name that is too long is told and not lost', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await arrive(page);
  await open(page, '/settings');
  await page.getByLabel('Name', { exact: true }).fill('x'.repeat(101));
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expectComplaint(page, 'Name', /100/);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('x'.repeat(101));
});

test('devices are listed, and another one is signed out', async ({ page, anotherBrowser }) => {
  const ada = await arrive(page);
  const phone = await anotherBrowser();
  await signIn(phone, ada);
  await expect(phone).toHaveURL(/\/dashboard$/);
  await open(page, '/settings/devices');
  const devices = page.getByRole('list', { name: 'Signed-in devices' }).getByRole('listitem');
  await expect(devices).toHaveCount(2);
  await expect(devices.filter({ hasText: 'This device' })).toHaveCount(1);
  await change(page, () => page.getByRole('button', { name: /^Sign out .* on / }).click());
  await expect(devices).toHaveCount(1);
  await expectSignedOut(phone);
  await open(page, '/settings/activity');
  await expect(page.getByRole('list', { name: 'Activity' }).getByRole('listitem').first()).toContainText('A device was signed out');
});

test('the data can be taken away, and the account deleted', async ({ page, watch }) => {
  watch.expectAnswer(401);
  const ada = await arrive(page);
  await send(page, 'POST', '/api/me/tasks', { title: 'To take along' });
  await open(page, '/settings/data');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download my data' }).click();
  const file = await (await download).path();
  expect(JSON.parse(readFileSync(file, 'utf8')).tasks[0].title).toBe('To take along');
  await page.getByLabel('Your password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: /^Delete my account/ }).click();
  await expect(page).toHaveURL(/\/\?deleted=1$/);
  await signIn(page, ada);
  await expect(page.getByRole('alert')).toHaveText('Invalid credentials');
});

test('whoever guesses at passwords has to wait, and is told how long', async ({ page, watch }) => {
  watch.expectAnswer(429);
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  for (let guess = 0; guess < 20; guess += 1) {
    const data = { email: `nobody-${guess}@example.com`, password: 'not this one, sorry' };
    expect((await page.request.post('/api/auth/signin', { data, headers })).status()).toBe(401);
  }
  await signIn(page, somebody());
  await expect(page.getByRole('alert')).toHaveText(/^Too many attempts\. Wait \d+ (minutes|seconds) and try again\.$/);
});
