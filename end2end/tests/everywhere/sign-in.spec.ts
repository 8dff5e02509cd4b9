import { emailField, expectSignedIn, expectSignedOut, passwordField, signIn } from '../../support/accounts.js';
import { awake, open } from '../../support/browser.js';
import { somebody } from '../../support/people.js';
import { arrive, sessionCookies } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

test('E14 H01 the right password opens a session and the dashboard', async ({ page, context, anotherBrowser }) => {
  const ada = await arrive(await anotherBrowser());
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(ada.name);
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('tickbox_'));
  // The two of the session, and the mark of a known device.
  expect(cookies).toHaveLength(3);
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(cookie.expires).toBeGreaterThan(Date.now() / 1000);
  }
});

test('nothing of the session lies where scripts can read it', async ({ page }) => {
  await arrive(page);
  await open(page, '/tasks');
  expect(await page.evaluate(() => document.cookie)).not.toContain('tickbox');
  expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual([]);
});

test('C01 a wrong password and an unknown e-mail get the same answer and no session', async ({
  page,
  context,
  anotherBrowser,
  watch,
}) => {
  watch.expectAnswer(401);
  const ada = await arrive(await anotherBrowser());
  const attempts = [
    { email: ada.email, password: 'not this one, sorry' },
    { email: somebody('Nobody').email, password: 'not this one, sorry' },
  ];
  const pages: string[] = [];
  for (const attempt of attempts) {
    await open(page, '/signin');
    await signIn(page, attempt);
    await expect(page.getByRole('alert')).toHaveText('Invalid credentials');
    await expect(emailField(page)).toHaveValue(attempt.email);
    pages.push(await page.getByRole('main').innerText());
  }
  expect(pages[0]).toBe(pages[1]);
  expect(await sessionCookies(context)).toEqual([]);
  await expectSignedOut(page);
});

test('a password that was refused does not come back', async ({ page, watch, javaScript }) => {
  watch.expectAnswer(401);
  await signIn(page, { email: somebody().email, password: 'not this one, sorry' });
  await expect(page.getByRole('alert')).toBeVisible();
  if (!javaScript) await expect(passwordField(page)).toHaveValue('');
  expect(await page.content()).not.toContain('not this one, sorry');
});

test('who is signed in already gets the dashboard, or the page that was asked for', async ({ page }) => {
  await arrive(page);
  for (const path of ['/signin', '/signup', '/login', '/register']) {
    await open(page, path);
    await expect(page).toHaveURL(/\/dashboard$/);
  }
  await open(page, '/signin?next=/tasks');
  await expect(page).toHaveURL(/\/tasks$/);
});

test('signing in leads back to the page that asked for it', async ({ page, anotherBrowser }) => {
  const ada = await arrive(await anotherBrowser());
  await open(page, '/tasks?status=done&sort=title');
  await expect(page).toHaveURL(/\/signin\?next=/);
  await expect(page.getByRole('status')).toBeHidden();
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/tasks\?status=done&sort=title$/);
});

test('H07 signing in never leads away from this site', async ({ page, context, anotherBrowser, home }) => {
  const ada = await arrive(await anotherBrowser());
  for (const wish of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/%5cevil', '/@evil']) {
    await context.clearCookies();
    await open(page, `/signin?next=${encodeURIComponent(wish)}`);
    await signIn(page, ada);
    await expect(page).toHaveURL(`${home}/dashboard`);
  }
});

test('B15 without "Keep me signed in" the session ends with the browser', async ({ page, context, anotherBrowser }) => {
  const ada = await arrive(await anotherBrowser());
  await open(page, '/signin');
  await awake(page);
  const keep = page.getByRole('checkbox', { name: 'Keep me signed in' });
  await expect(keep).toBeChecked();
  await keep.uncheck();
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/dashboard$/);
  for (const cookie of await context.cookies()) {
    if (!cookie.name.endsWith('tickbox_dev')) expect(cookie.expires, cookie.name).toBe(-1);
  }
  await expectSignedIn(page);
});

test('B07 signing in over a session replaces it', async ({ page, context, anotherBrowser }) => {
  const ada = await arrive(page);
  const old = await context.cookies();
  const answer = await page.request.post('/api/auth/signin', {
    data: { email: ada.email, password: ada.password },
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  expect(answer.status()).toBe(200);
  await expectSignedIn(page);
  const thief = await anotherBrowser();
  await thief.context().addCookies(old);
  await expectSignedOut(thief);
});
