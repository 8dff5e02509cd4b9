// The lists that everybody has, the bin and the search.
import type { Page } from '@playwright/test';
import { change, open } from '../../support/browser.js';
import { day } from '../../support/people.js';
import { arrive, give, send, tasksOf } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

const link = (page: Page, title: string) => page.getByRole('main').getByRole('link', { name: title, exact: true });

test.beforeEach(({ page }) => arrive(page));

test('Today shows what is late before what is due', async ({ page }) => {
  await give(page, { title: 'Late', due_date: day(-2) }, { title: 'Now', due_date: day(0) }, { title: 'Later', due_date: day(2) });
  await open(page, '/today');
  await expect(page.getByRole('heading', { name: 'Earlier' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Earlier' }).getByRole('link', { name: 'Late', exact: true })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Today' }).getByRole('link', { name: 'Now', exact: true })).toBeVisible();
  await expect(link(page, 'Later')).toHaveCount(0);
});

test('what is added to Upcoming stands under its day', async ({ page }) => {
  await give(page, { title: 'Next', due_date: day(1) });
  await open(page, '/upcoming');
  await change(page, async () => {
    await page.getByLabel('New task', { exact: true }).fill(`Far ${day(3)}`);
    await page.getByRole('button', { name: 'Add task' }).click();
  });
  const tomorrow = page.getByRole('list', { name: 'Tomorrow' });
  await expect(link(page, 'Far')).toBeVisible();
  await expect(tomorrow.getByRole('link', { name: 'Next', exact: true })).toBeVisible();
  await expect(tomorrow.getByRole('link', { name: 'Far', exact: true })).toHaveCount(0);
});

test('a label names one field of a page', async ({ page }) => {
  await give(page, { title: 'Tidy', tags: ['home'] });
  await open(page, '/tasks');
  for (const label of ['New task', 'Tags', 'Due date', 'Notes']) {
    await expect(page.getByLabel(label, { exact: true })).toHaveCount(1);
  }
});

test('Upcoming goes by days', async ({ page }) => {
  await give(page, { title: 'Next', due_date: day(1) }, { title: 'Now', due_date: day(0) });
  await open(page, '/upcoming');
  await expect(page.getByRole('heading', { name: 'Tomorrow' })).toBeVisible();
  await expect(link(page, 'Next')).toBeVisible();
  await expect(link(page, 'Now')).toHaveCount(0);
});

test('what is done stands in the logbook', async ({ page }) => {
  const [task] = await give(page, 'Write it down');
  await send(page, 'PATCH', `/api/me/tasks/${task!.id}/complete`, { is_completed: true });
  await open(page, '/logbook');
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
  await expect(link(page, 'Write it down')).toBeVisible();
});

test('what is late is moved to today by one button, and back by another', async ({ page }) => {
  await give(page, { title: 'Late', due_date: day(-2) }, { title: 'Later', due_date: day(-1) });
  await open(page, '/today');
  await page.getByRole('button', { name: 'Move all to today' }).click();
  await expect(page.getByRole('list', { name: 'Today' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Move all to today' })).toBeHidden();
  await page.getByRole('button', { name: 'Undo: Changed 2 tasks' }).click();
  await expect(page.getByRole('list', { name: 'Earlier' }).getByRole('listitem')).toHaveCount(2);
});

test('a task that is added to Today is due today', async ({ page }) => {
  await open(page, '/today');
  await page.getByLabel('New task', { exact: true }).fill('Water the ferns #home');
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page.getByRole('list', { name: 'Today' }).getByRole('link', { name: 'Water the ferns', exact: true })).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([{ title: 'Water the ferns', due_date: day(0), tags: ['home'] }]);
});

test('what was deleted comes back from the bin', async ({ page }) => {
  const [task] = await give(page, 'Keep me');
  await send(page, 'DELETE', `/api/me/tasks/${task!.id}`);
  await open(page, '/bin');
  await page.getByRole('button', { name: 'Restore: Keep me' }).click();
  await expect(page.getByText('The bin is empty.')).toBeVisible();
  expect((await tasksOf(page)).map((task) => task.title)).toEqual(['Keep me']);
});

test('the bin is emptied, and one step back brings all of it back', async ({ page }) => {
  const tasks = await give(page, 'One', 'Two', 'Three');
  for (const task of tasks) await send(page, 'DELETE', `/api/me/tasks/${task.id}`);
  await open(page, '/bin');
  await page.getByRole('button', { name: 'Delete for good: One' }).click();
  await expect(page.getByRole('list', { name: 'Deleted tasks' }).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Empty the bin' }).click();
  await expect(page.getByText('The bin is empty.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo: Deleted 2 tasks for good' }).click();
  await expect(page.getByRole('list', { name: 'Deleted tasks' }).getByRole('listitem')).toHaveCount(2);
});

test('the logbook tells each date of a task that repeats', async ({ page }) => {
  const [task] = await give(page, { title: 'Water the ferns', due_date: day(0), rrule: 'FREQ=DAILY' });
  await send(page, 'PATCH', `/api/me/tasks/${task!.id}/complete`, { is_completed: true });
  await open(page, '/logbook');
  const dates = page.getByRole('list', { name: 'Dates of tasks that repeat' });
  await expect(dates.getByRole('listitem')).toHaveText(['Water the fernsDue today']);
  await expect(page.getByText('What you complete is kept here.')).toHaveCount(0);
  await dates.getByRole('link', { name: 'Water the ferns' }).click();
  await expect(page.getByRole('heading', { name: 'Water the ferns' })).toBeVisible();
});

test('search finds in titles, notes and tags', async ({ page }) => {
  await give(page, { title: 'Call the plumber' }, { title: 'Kitchen', notes: 'ask the plumber about the tap' }, { title: 'Other' });
  await open(page, '/search');
  await page.getByRole('searchbox', { name: 'Search everything' }).fill('plumb');
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('list', { name: 'Found tasks' }).getByRole('listitem')).toHaveCount(2);
  await expect(link(page, 'Other')).toHaveCount(0);
});
