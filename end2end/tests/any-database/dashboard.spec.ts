import { open } from '../../support/browser.js';
import { day, somebody } from '../../support/people.js';
import { arrive, give, send } from '../../support/rest.js';
import { toggle } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test('the dashboard greets its owner and shows what matters today', async ({ page }) => {
  await arrive(page, somebody('Grace'));
  const tasks = await give(
    page,
    { title: 'Two days late', due_date: day(-2), priority: 'high' },
    { title: 'Due now', due_date: day(0) },
    { title: 'Next week', due_date: day(7) },
    { title: 'Was done' },
  );
  await send(page, 'PATCH', `/api/me/tasks/${tasks[3]!.id}/complete`, { is_completed: true });
  await open(page, '/dashboard');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Good (morning|afternoon|evening|night), Grace/);
  await expect(page.getByRole('heading', { level: 2, name: 'Overdue' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Due today' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Two days late', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Due now', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Next week', exact: true })).toBeHidden();
  for (const [label, count] of Object.entries({ Overdue: 1, 'Due today': 1, Open: 3, Done: 1 })) {
    const term = page.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) });
    await expect(term.locator('..').getByRole('definition'), label).toHaveText(String(count));
  }
  await expect(page.getByRole('img', { name: /priority/i })).toBeVisible();
});

test('a task is ticked off on the dashboard', async ({ page }) => {
  await arrive(page);
  await give(page, { title: 'Due now', due_date: day(0) });
  await open(page, '/dashboard');
  const done = page.getByRole('term').filter({ hasText: /^Done$/ }).locator('..').getByRole('definition');
  await expect(done).toHaveText('0');
  await toggle(page, 'Due now');
  await expect(done).toHaveText('1');
  await open(page, '/tasks?status=done');
  await expect(page.getByRole('link', { name: 'Due now', exact: true })).toBeVisible();
});

test('a dashboard with nothing on it says so', async ({ page }) => {
  await arrive(page);
  await open(page, '/dashboard');
  await expect(page.getByRole('heading', { level: 2, name: 'Due today' })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('the navigation leads everywhere and tells where one is', async ({ page }) => {
  await arrive(page);
  await open(page, '/dashboard');
  const navigation = page.getByRole('navigation', { name: 'Main' });
  for (const name of ['Tasks', 'Settings', 'Dashboard']) {
    await navigation.getByRole('link', { name }).click();
    await expect(page).toHaveURL(new RegExp(`/${name.toLowerCase()}$`));
    await expect(navigation.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
  }
});
