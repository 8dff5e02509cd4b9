import { expectSignedIn, expectSignedOut, makeToken, signIn } from '../../support/accounts.js';
import { open } from '../../support/browser.js';
import { operator } from '../../support/people.js';
import { arrive, send } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

test('an API token is shown once, works, and is revoked', async ({ page, playwright, home }) => {
  await arrive(page);
  await send(page, 'POST', '/api/me/tasks', { title: 'For programs too' });
  const token = await makeToken(page, 'Backup');
  const program = await playwright.request.newContext({ extraHTTPHeaders: { authorization: `Bearer ${token}` } });
  const tasks = await program.get(`${home}/api/me/tasks`);
  expect((await tasks.json()).items[0].title).toBe('For programs too');
  expect((await program.get(`${home}/api/auth/me`)).status()).toBe(403);
  await open(page, '/settings/tokens');
  await expect(page.getByLabel('The token “Backup”')).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke Backup' }).click();
  await expect(page.getByText('There are none.')).toBeVisible();
  expect((await program.get(`${home}/api/me/tasks`)).status()).toBe(401);
  await program.dispose();
});

test('an admin keeps somebody out and lets them in again', async ({ page, anotherBrowser, watch }) => {
  watch.expectAnswer(401);
  watch.expectAnswer(404);
  const desk = await anotherBrowser();
  const ada = await arrive(page);
  await page.goto('/admin/users');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  await signIn(desk, operator);
  await expect(desk).toHaveURL(/\/dashboard$/);
  await open(desk, `/admin/users?q=${encodeURIComponent(ada.email)}`);
  await desk.getByRole('button', { name: `Disable: ${ada.email}` }).click();
  await expect(desk.getByRole('list', { name: 'Accounts' })).toContainText('Disabled');
  await expectSignedOut(page);
  await signIn(page, ada);
  await expect(page.getByRole('alert')).toHaveText('Invalid credentials');
  await desk.getByRole('button', { name: `Enable: ${ada.email}` }).click();
  await expect(desk.getByRole('button', { name: `Disable: ${ada.email}` })).toBeVisible();
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/dashboard$/);
  await expectSignedIn(page);
});
