import { change, open } from '../../support/browser.js';
import { arrive, give, tasksOf } from '../../support/rest.js';
import { titles } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ page }) => arrive(page));

test('a row is moved by its buttons and stays where it was put', async ({ page }) => {
  await give(page, 'Apples', 'Bread', 'Cheese');
  await open(page, '/inbox');
  await change(page, () => page.getByRole('button', { name: 'Move Cheese up', exact: true }).click());
  await expect.poll(() => titles(page)).toEqual(['Apples', 'Cheese', 'Bread']);
  await change(page, () => page.getByRole('button', { name: 'Move Apples down', exact: true }).click());
  await expect.poll(() => titles(page)).toEqual(['Cheese', 'Apples', 'Bread']);
  await open(page, '/tasks?sort=manual');
  expect(await titles(page)).toEqual(['Cheese', 'Apples', 'Bread']);
});

test('a task gets subtasks on its page, and lists tell how far they are', async ({ page }) => {
  const [house] = await give(page, 'Move house');
  await open(page, `/tasks/${house!.id}`);
  for (const title of ['Rent a van', 'Call Ann']) {
    await page.getByLabel('New subtask', { exact: true }).fill(title);
    await page.getByRole('button', { name: 'Add subtask', exact: true }).click();
    await expect(page.getByRole('link', { name: title, exact: true })).toBeVisible();
  }
  const parts = page.getByRole('region', { name: 'Subtasks' });
  await expect(parts.getByText('0 of 2')).toBeVisible();
  await parts.getByRole('checkbox', { name: 'Complete Call Ann' }).click();
  await expect(parts.getByText('1 of 2')).toBeVisible();
  await parts.getByRole('link', { name: 'Rent a van', exact: true }).click();
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Move house' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Move house');
  await open(page, '/inbox');
  await expect(page.getByText('1/2 subtasks done')).toBeVisible();
});

test('many lines become many tasks after a question', async ({ page }) => {
  await open(page, '/inbox');
  await page.getByRole('link', { name: 'Paste many lines' }).click();
  await page.getByLabel('Lines', { exact: true }).fill('Move house\n  Rent a van\nSleep');
  await page.getByRole('button', { name: 'Look at them' }).click();
  await expect(page.getByRole('heading', { name: 'Add 3 tasks?' })).toBeVisible();
  expect(await tasksOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add 3 tasks' }).click();
  await expect(page).toHaveURL(/\/inbox$/);
  expect(await titles(page)).toEqual(['Move house', 'Rent a van', 'Sleep']);
});
