// A task that repeats stays where it is, goes on to its next date, and says so.
import { change, open } from '../../support/browser.js';
import { day } from '../../support/people.js';
import { arrive, give, tasksOf } from '../../support/rest.js';
import { checkbox, row, taskLink, toggle } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ page }) => arrive(page));

test('a completed date is followed by the next', async ({ page }) => {
  await open(page, '/tasks');
  await page.getByLabel('New task', { exact: true }).fill('Water the ferns every 2 days');
  await change(page, () => page.getByRole('button', { name: 'Add task' }).click());
  await expect(row(page, 'Water the ferns')).toContainText('Every other day');
  await toggle(page, 'Water the ferns');
  await expect(page.getByRole('status').filter({ hasText: 'Done. Next' })).toBeVisible();
  await expect(checkbox(page, 'Water the ferns')).not.toBeChecked();
  await expect(taskLink(page, 'Water the ferns')).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([{ due_date: day(2), is_completed: false, rrule: 'FREQ=DAILY;INTERVAL=2' }]);
});

test('how a task repeats is said on its page, and a date can be skipped', async ({ page }) => {
  const [task] = await give(page, { title: 'Rent', due_date: day(1) });
  await open(page, `/tasks/${task!.id}`);
  const main = page.getByRole('main');
  await main.getByLabel('Repeat', { exact: true }).fill('every 3 days');
  await change(page, () => main.getByRole('button', { name: 'Save', exact: true }).click());
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await expect(main.getByText('Every 3 days. Due tomorrow, then')).toBeVisible();
  await main.getByRole('button', { name: 'Skip this one' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Skipped. Next' })).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([{ due_date: day(4), rrule: 'FREQ=DAILY;INTERVAL=3' }]);
});
