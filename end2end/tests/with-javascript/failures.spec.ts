import type { Route } from '@playwright/test';
import { open } from '../../support/browser.js';
import { arrive, endSessionBehind, give, tasksOf } from '../../support/rest.js';
import { checkbox, fillNewTask, startEditing, taskLink, titles } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

// The page's own attempts at getting through take a few seconds.
const afterRetries = { timeout: 25_000 };

test.beforeEach(async ({ page, watch }) => {
  watch.expectMessage(/net::ERR_(FAILED|INTERNET_DISCONNECTED)/);
  await arrive(page);
});

test('a task that cannot be sent is kept and sent again on request', async ({ page, context }) => {
  await open(page, '/tasks');
  await fillNewTask(page, { title: 'Typed in a tunnel', notes: 'Kept too' });
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Add task' }).click();
  const alert = page.getByRole('alert').filter({ hasText: /./ });
  await expect(alert).toBeVisible(afterRetries);
  await context.setOffline(false);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(taskLink(page, 'Typed in a tunnel')).toBeVisible(afterRetries);
  await expect(alert).toBeHidden();
  expect(await tasksOf(page)).toMatchObject([{ title: 'Typed in a tunnel', notes: 'Kept too' }]);
});

test('an edit that cannot be sent keeps what was typed', async ({ page, context }) => {
  await give(page, 'Draw the plan');
  await open(page, '/tasks');
  const place = await startEditing(page, 'Draw the plan');
  await place.getByLabel('Title', { exact: true }).fill('Draw the better plan');
  await context.setOffline(true);
  await place.getByRole('button', { name: 'Save', exact: true }).click();
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible(afterRetries);
  await context.setOffline(false);
  await again.click();
  await expect(taskLink(page, 'Draw the better plan')).toBeVisible(afterRetries);
  expect(await tasksOf(page)).toMatchObject([{ title: 'Draw the better plan' }]);
});

test('a tick that cannot be sent does not pretend that it was', async ({ page, context }) => {
  await give(page, 'Sweep');
  await open(page, '/tasks');
  await context.setOffline(true);
  await checkbox(page, 'Sweep').click();
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible(afterRetries);
  await context.setOffline(false);
  await again.click();
  await expect(again).toBeHidden(afterRetries);
  await expect.poll(async () => (await tasksOf(page))[0]!.is_completed, afterRetries).toBe(true);
});

test('an answer that is lost on its way doubles nothing', async ({ page, watch }) => {
  watch.expectAnswer(503, '/api/');
  const keys: (string | undefined)[] = [];
  let attempts = 0;
  await page.route('**/api/*/tasks', async (route: Route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(route.request().headers()['idempotency-key']);
    attempts += 1;
    if (attempts > 2) return route.continue();
    await route.fetch();
    return route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"code":"unavailable","title":"Unavailable","detail":"Away"}' });
  });
  await open(page, '/tasks');
  await fillNewTask(page, { title: 'Only once' });
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(taskLink(page, 'Only once')).toBeVisible(afterRetries);
  await expect.poll(() => attempts, afterRetries).toBeGreaterThan(2);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toBeTruthy();
  expect((await tasksOf(page)).map(({ title }) => title)).toEqual(['Only once']);
  await page.reload();
  expect(await titles(page)).toEqual(['Only once']);
});

test('two presses of the button add one task', async ({ page }) => {
  await open(page, '/tasks');
  await fillNewTask(page, { title: 'Once' });
  await page.getByRole('button', { name: 'Add task' }).dblclick();
  await expect(taskLink(page, 'Once')).toBeVisible();
  await page.reload();
  expect(await titles(page)).toEqual(['Once']);
});

test('a form that cannot reach the server says so and can be sent again', async ({ page, context }) => {
  await open(page, '/settings');
  await page.getByLabel('Name', { exact: true }).fill('Countess Ada');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save profile' }).click();
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible(afterRetries);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Countess Ada');
  await context.setOffline(false);
  await again.click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible(afterRetries);
});

test('a tick after the session ended elsewhere leads to sign-in', async ({ page, home, watch }) => {
  watch.expectAnswer(401);
  await give(page, 'Sweep');
  await open(page, '/tasks');
  await endSessionBehind(page, home);
  await checkbox(page, 'Sweep').click();
  await expect(page).toHaveURL(/\/signin\?.*reason=expired/);
});
