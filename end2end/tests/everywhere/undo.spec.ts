// The way back: undo and redo above every list, the same done to many tasks, and the history of one.
import type { Page } from '@playwright/test';
import { change, open } from '../../support/browser.js';
import { arrive, give, send, tasksOf } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';
import { taskLink, toggle } from '../../support/tasks.js';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test.beforeEach(({ page }) => arrive(page));

test('what was done is undone and redone above the list', async ({ page }) => {
  await give(page, 'Buy milk');
  await open(page, '/tasks');
  await toggle(page, 'Buy milk');
  await button(page, 'Undo: Completed “Buy milk”').click();
  await expect(button(page, 'Redo: Completed “Buy milk”')).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([{ is_completed: false }]);
  await button(page, 'Redo: Completed “Buy milk”').click();
  await expect(button(page, 'Undo: Completed “Buy milk”')).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([{ is_completed: true }]);
});

test('many tasks are changed at once, and one undo takes all back', async ({ page, isMobile }) => {
  await give(page, 'One', 'Two', 'Three');
  await open(page, '/tasks');
  const form = page.getByRole('form', { name: 'Selected tasks' });
  await expect(form).toBeHidden();
  if (isMobile) await page.getByLabel('Select several').check();
  for (const title of ['One', 'Three']) await page.getByRole('checkbox', { name: `Select ${title}`, exact: true }).check();
  await form.getByLabel('Tag', { exact: true }).fill('home');
  await form.getByRole('button', { name: 'Add tag' }).click();
  await expect(button(page, 'Undo: Changed 2 tasks')).toBeVisible();
  expect((await tasksOf(page)).map((task) => task.tags)).toEqual([['home'], [], ['home']]);
  await send(page, 'POST', '/api/me/projects', { name: 'House' });
  await page.getByRole('link', { name: 'Select all' }).click();
  await form.getByLabel('Move to').selectOption('House');
  await form.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(button(page, 'Undo: Changed 3 tasks')).toBeVisible();
  expect((await tasksOf(page)).map((task) => typeof task.project_id)).toEqual(['string', 'string', 'string']);
  await page.getByRole('link', { name: 'Select all' }).click();
  await form.getByRole('button', { name: 'Complete' }).click();
  await expect(taskLink(page, 'Two')).toBeHidden();
  await button(page, 'Undo: Completed 3 tasks').click();
  await expect(taskLink(page, 'Two')).toBeVisible();
});

test('the page of a task tells its history', async ({ page }) => {
  const [task] = await give(page, 'Buy milk');
  await open(page, `/tasks/${task!.id}`);
  await change(page, async () => {
    await page.getByLabel('Priority', { exact: true }).selectOption('High');
    await button(page, 'Save').click();
  });
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await page.getByText('History', { exact: true }).click();
  await expect(page.getByRole('list', { name: 'History' }).getByText('Priority from none to high')).toBeVisible();
});
