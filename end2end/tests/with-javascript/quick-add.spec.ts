// What a line means is told while it is typed, and each meaning can be turned back into text.
import type { Page } from '@playwright/test';
import { change, open } from '../../support/browser.js';
import { arrive, tasksOf } from '../../support/rest.js';
import { taskLink } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

const line = (page: Page) => page.getByLabel('New task', { exact: true });
const understood = (page: Page) => page.getByRole('list', { name: 'Understood' }).getByRole('button');

test.beforeEach(async ({ page }) => {
  await arrive(page);
  await open(page, '/tasks');
});

test('what is understood is told in words', async ({ page }) => {
  await line(page).fill('Pay the rent tomorrow 9am !high #home');
  await expect(understood(page)).toHaveText(['Due tomorrow, 09:00', 'High priority', '#home']);
  await line(page).fill('Pay the rent');
  await expect(understood(page)).toHaveCount(0);
});

test('a click turns a meaning back into text', async ({ page }) => {
  await line(page).fill('Read Tomorrow and Tomorrow tomorrow #books');
  await page.getByRole('button', { name: /^Due tomorrow/ }).click();
  await expect(understood(page)).toHaveText(['#books']);
  await expect(line(page)).toBeFocused();
  await change(page, () => page.getByRole('button', { name: 'Add task' }).click());
  await expect(taskLink(page, 'Read Tomorrow and Tomorrow tomorrow')).toBeVisible();
  await expect(understood(page)).toHaveCount(0);
  expect(await tasksOf(page)).toMatchObject([{ due_date: null, tags: ['books'] }]);
});

test('Backspace behind a meaning turns it back into text before it deletes', async ({ page }) => {
  await line(page).fill('Buy a ticket tomorrow');
  await expect(understood(page)).toHaveText(['Due tomorrow']);
  await line(page).press('End');
  await line(page).press('Backspace');
  await expect(understood(page)).toHaveCount(0);
  await expect(line(page)).toHaveValue('Buy a ticket tomorrow');
  await line(page).press('Backspace');
  await expect(line(page)).toHaveValue('Buy a ticket tomorro');
});
