import { expectSignedIn, expectSignedOut } from '../../support/accounts.js';
import { change, open } from '../../support/browser.js';
import { arrive, give, sessionCookies, tasksOf } from '../../support/rest.js';
import { fillNewTask, taskLink } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

const accessToken = { name: 'tickbox_at' };

test('B03 an access token that is gone is renewed on the next page, unnoticed', async ({ page, context }) => {
  await arrive(page);
  await open(page, '/dashboard');
  await context.clearCookies(accessToken);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tasks' }).click();
  await expect(page).toHaveURL(/\/tasks$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Tasks' })).toBeVisible();
  expect(await sessionCookies(context)).toEqual(['tickbox_at', 'tickbox_rt']);
});

test('a form that was half filled when the token went away is taken', async ({ page, context }) => {
  await arrive(page);
  await open(page, '/tasks');
  await fillNewTask(page, { title: 'Half filled' });
  await context.clearCookies(accessToken);
  await change(page, () => page.getByRole('button', { name: 'Add task' }).click());
  await expect(taskLink(page, 'Half filled')).toBeVisible();
  expect((await tasksOf(page)).map(({ title }) => title)).toEqual(['Half filled']);
  await expectSignedIn(page);
});

test('B03 ten tabs that wake at once sign nobody out', async ({ page, context }) => {
  await arrive(page);
  await give(page, 'Still here');
  const tabs = [page, ...(await Promise.all(Array.from({ length: 9 }, () => context.newPage())))];
  for (const tab of tabs) await open(tab, '/tasks');
  for (const round of [1, 2]) {
    await context.clearCookies(accessToken);
    await Promise.all(tabs.map((tab) => tab.goto(`/tasks?limit=${round}`, { waitUntil: 'domcontentloaded' })));
    for (const tab of tabs) await expect(taskLink(tab, 'Still here')).toBeVisible();
  }
  await expectSignedIn(page);
});

test('A25 neither token alone nor in the place of the other opens anything it should not', async ({ page, context }) => {
  await arrive(page);
  const cookies = await context.cookies();
  const access = cookies.find(({ name }) => name === 'tickbox_at')!;
  const refresh = cookies.find(({ name }) => name === 'tickbox_rt')!;
  await context.clearCookies();
  await context.addCookies([
    { ...access, value: refresh.value },
    { ...refresh, value: access.value },
  ]);
  await expectSignedOutAsExpired();
  await context.addCookies([{ ...access, value: `${access.value.slice(0, -4)}AAAA` }]);
  await expectSignedOutAsExpired();

  async function expectSignedOutAsExpired() {
    await expectSignedOut(page);
    await expect(page).toHaveURL(/reason=expired/);
    expect(await sessionCookies(context)).toEqual([]);
  }
});
