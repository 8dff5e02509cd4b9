// The keys of the way back and of selecting.
import { awake, open } from '../../support/browser.js';
import { arrive, give, tasksOf } from '../../support/rest.js';
import { taskLink, toggle } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test('keys select a range, undo and redo, but are letters where a text is typed', async ({ page }) => {
  await arrive(page);
  await give(page, 'One', 'Two', 'Three');
  await open(page, '/tasks');
  await taskLink(page, 'One').focus();
  await page.keyboard.press('x');
  await taskLink(page, 'Three').focus();
  await page.keyboard.press('Shift+X');
  for (const title of ['One', 'Two', 'Three']) {
    await expect(page.getByRole('checkbox', { name: `Select ${title}`, exact: true })).toBeChecked();
  }
  await toggle(page, 'Two');
  await page.getByLabel('New task', { exact: true }).focus();
  await page.keyboard.press('z');
  await expect(page.getByLabel('New task', { exact: true })).toHaveValue('z');
  await taskLink(page, 'One').focus();
  await page.keyboard.press('z');
  await expect(page.getByRole('button', { name: 'Redo: Completed “Two”' })).toBeVisible();
  expect((await tasksOf(page)).filter((task) => task.is_completed)).toEqual([]);
  await awake(page);
  await page.keyboard.press('Control+Shift+Z');
  await expect(page.getByRole('button', { name: 'Undo: Completed “Two”' })).toBeVisible();
  expect((await tasksOf(page)).filter((task) => task.is_completed)).toHaveLength(1);
});
