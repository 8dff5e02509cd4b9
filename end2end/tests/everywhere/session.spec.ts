import { expectSignedIn, expectSignedOut, signIn, signOut } from '../../support/accounts.js';
import { change, open } from '../../support/browser.js';
import { arrive, endSessionBehind, give, sessionCookies } from '../../support/rest.js';
import { fillNewTask } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

const expired = 'Your session has expired. Sign in to continue.';

test('signing out ends the session and clears the cookies', async ({ page, context }) => {
  await arrive(page);
  await open(page, '/dashboard');
  await signOut(page);
  expect(await sessionCookies(context)).toEqual([]);
  await expect(page.getByRole('status')).toBeHidden();
  await expectSignedOut(page);
});

test('A22 a copied cookie is dead in the second in which its owner signs out', async ({ page, context, anotherBrowser, watch }) => {
  watch.expectAnswer(401, '/api/');
  await arrive(page);
  const copy = await anotherBrowser();
  await copy.context().addCookies(await context.cookies());
  await expectSignedIn(copy);
  await open(page, '/dashboard');
  await signOut(page);
  expect((await copy.request.get('/api/me/tasks')).status()).toBe(401);
  await open(copy, '/tasks');
  await expect(copy).toHaveURL(/\/signin\?.*reason=expired/);
  await expect(copy.getByRole('status')).toHaveText(expired);
});

test('F07 every page of an account asks a stranger to sign in', async ({ page }) => {
  for (const path of ['/dashboard', '/tasks', '/settings', '/tasks/0193a5f0-1111-7abc-8def-000000000001']) {
    await open(page, path);
    await expect(page).toHaveURL((url) => url.pathname === '/signin' && url.searchParams.get('next') === path);
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  }
});

test('a page whose session has ended leads to sign-in, says why, and back', async ({ page, home }) => {
  const ada = await arrive(page);
  await open(page, '/tasks?status=all');
  await endSessionBehind(page, home);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await expect(page).toHaveURL(/\/signin\?/);
  await expect(page.getByRole('status')).toHaveText(expired);
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/settings$/);
});

test('what was typed when the session had ended is there after signing in', async ({ page, home, watch }) => {
  watch.expectAnswer(401);
  const ada = await arrive(page);
  await open(page, '/tasks');
  await fillNewTask(page, { title: 'Water the ferns', notes: 'Not too much', dueDate: '2031-05-06', tags: 'home, green' });
  await endSessionBehind(page, home);
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page).toHaveURL(/\/signin\?.*reason=expired/);
  await expect(page.getByRole('status')).toHaveText(expired);
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/tasks/);
  await expect(page.getByLabel('New task', { exact: true })).toHaveValue('Water the ferns');
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Add task' }) });
  await expect(form.getByLabel('Notes', { exact: true })).toHaveValue('Not too much');
  await expect(form.getByLabel('Due date', { exact: true })).toHaveValue('2031-05-06');
  await expect(form.getByLabel('Tags', { exact: true })).toHaveValue('home, green');
  await change(page, () => page.getByRole('button', { name: 'Add task' }).click());
  await expect(page.getByRole('link', { name: 'Water the ferns', exact: true })).toBeVisible();
});

test('a form of the settings survives the end of its session, passwords apart', async ({ page, home, watch }) => {
  watch.expectAnswer(401);
  const ada = await arrive(page);
  await open(page, '/settings');
  await page.getByLabel('Name', { exact: true }).fill('Countess Ada');
  await endSessionBehind(page, home);
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expect(page).toHaveURL(/\/signin\?.*reason=expired/);
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/settings/);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Countess Ada');
});

test('signing out everywhere ends every session', async ({ page, anotherBrowser }) => {
  const ada = await arrive(page);
  const phone = await anotherBrowser();
  await signIn(phone, ada);
  await expect(phone).toHaveURL(/\/dashboard$/);
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(/\/signin/);
  await expectSignedOut(page);
  await open(phone, '/tasks');
  await expect(phone).toHaveURL(/\/signin\?.*reason=expired/);
});

test('two devices of one person stay signed in side by side', async ({ page, anotherBrowser }) => {
  const ada = await arrive(page);
  const phone = await anotherBrowser();
  await signIn(phone, ada);
  await expect(phone).toHaveURL(/\/dashboard$/);
  await give(phone, 'Seen on both');
  await open(page, '/tasks');
  await expect(page.getByRole('link', { name: 'Seen on both', exact: true })).toBeVisible();
  await open(page, '/dashboard');
  await signOut(page);
  await expectSignedIn(phone);
});

test('E09 following a link to /signout asks first', async ({ page, context }) => {
  await arrive(page);
  for (const path of ['/signout', '/logout']) {
    await open(page, path);
    await expect(page.getByRole('heading', { name: 'Sign out?' })).toBeVisible();
    expect(await sessionCookies(context)).toHaveLength(2);
  }
  await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/\/signin$/);
  expect(await sessionCookies(context)).toEqual([]);
});
