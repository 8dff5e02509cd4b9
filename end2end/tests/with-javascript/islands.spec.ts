import { passwordField } from '../../support/accounts.js';
import { open } from '../../support/browser.js';
import { arrive, endSessionBehind, give } from '../../support/rest.js';
import { addTask, deleteTask, editTask, list, startEditing, taskLink, toggle, undoDelete } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test('adding, editing, ticking, deleting and undoing load no page', async ({ page }) => {
  await arrive(page);
  await open(page, '/tasks');
  let loads = 0;
  page.on('domcontentloaded', () => (loads += 1));
  await addTask(page, 'Buy milk');
  await editTask(page, 'Buy milk', { title: 'Buy oat milk' });
  await expect(taskLink(page, 'Buy oat milk')).toBeVisible();
  await deleteTask(page, 'Buy oat milk');
  await undoDelete(page);
  await expect(taskLink(page, 'Buy oat milk')).toBeVisible();
  await toggle(page, 'Buy oat milk');
  expect(loads).toBe(0);
});

test('an edit that is cancelled changes nothing', async ({ page }) => {
  await arrive(page);
  await give(page, 'Draw the plan');
  await open(page, '/tasks');
  const place = await startEditing(page, 'Draw the plan');
  await place.getByLabel('Title', { exact: true }).fill('Something else');
  await place.getByRole('button', { name: 'Cancel' }).click();
  await expect(taskLink(page, 'Draw the plan')).toBeVisible();
  await expect(list(page).getByLabel('Title', { exact: true })).toBeHidden();
  await page.reload();
  await expect(taskLink(page, 'Draw the plan')).toBeVisible();
});

test('C24 a password can be looked at', async ({ page }) => {
  await open(page, '/signin');
  await passwordField(page).fill('open sesame');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(passwordField(page)).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(passwordField(page)).toHaveAttribute('type', 'password');
});

test('the zone of a new account is that of its browser', async ({ anotherBrowser }) => {
  const page = await anotherBrowser({ timezoneId: 'Asia/Tokyo' });
  await open(page, '/signup');
  await page.getByLabel('Email', { exact: true }).fill(`tokyo-${Date.now()}@example.com`);
  await passwordField(page).fill('quiet river at dawn');
  await page.getByRole('button', { name: 'Sign up', exact: true }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await open(page, '/settings');
  await expect(page.getByLabel('Time zone', { exact: true })).toHaveValue('Asia/Tokyo');
});

test('a theme shows as soon as it is chosen', async ({ page }) => {
  await arrive(page);
  await open(page, '/settings');
  await page.getByLabel('Theme', { exact: true }).selectOption('Dark');
  await expect
    .poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme))
    .toBe('dark');
});

test('islands wake on a page that is never idle', async ({ page, context }) => {
  await context.addInitScript(() => {
    window.requestIdleCallback = (act, options) =>
      options?.timeout ? window.setTimeout(() => act({ didTimeout: true, timeRemaining: () => 0 }), options.timeout) : 0;
  });
  await arrive(page);
  await open(page, '/tasks');
  await addTask(page, 'Wake up');
});

test('whoever comes back to a page whose session has ended is told at once', async ({ page, home, watch }) => {
  watch.expectAnswer(401, '/api/auth/me');
  await arrive(page);
  await open(page, '/tasks');
  await comeBack();
  const notice = page.getByRole('alert').filter({ hasText: 'Your session has expired.' });
  await expect(notice).toBeHidden();
  const read = page.waitForResponse(/\/actions\/read_line$/);
  await page.getByLabel('New task', { exact: true }).fill('Half a thought');
  await read;
  await endSessionBehind(page, home);
  await comeBack();
  await expect(notice).toBeVisible();
  // It opens beside this page.
  const opened = page.context().waitForEvent('response', (response) => /\/signin\?.*reason=expired/.test(response.url()));
  await notice.getByRole('link', { name: 'Sign in' }).click();
  await opened;
  await expect(page.getByLabel('New task', { exact: true })).toHaveValue('Half a thought');

  async function comeBack() {
    const answered = page.waitForResponse(/\/api\/auth\/me$/);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await answered;
  }
});
