// Projects, tags and saved filters on their pages.
import { change, open } from '../../support/browser.js';
import { arrive, give, send, tasksOf } from '../../support/rest.js';
import { addTask, startEditing } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ page }) => arrive(page));

test('a project is made, filled, put away and deleted', async ({ page }) => {
  await open(page, '/projects');
  await page.getByLabel('Name', { exact: true }).fill('House');
  await page.getByLabel('Colour', { exact: true }).selectOption('Teal');
  await page.getByRole('button', { name: 'Add project' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('House');
  await addTask(page, 'Mend the roof');
  await page.reload();
  await expect(page.getByRole('main').getByRole('link', { name: 'Mend the roof', exact: true })).toBeVisible();
  await page.getByText('Edit project').click();
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await expect(page.getByText('This project is archived')).toBeVisible();
  await page.getByText('Edit project').click();
  await page.getByText('Delete project').click();
  await page.getByRole('button', { name: 'Yes, delete it' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Its tasks are in the bin' })).toBeVisible();
  expect(await tasksOf(page)).toEqual([]);
});

test('a task is put into a project where it is edited', async ({ page }) => {
  await send(page, 'POST', '/api/me/projects', { name: 'House' });
  await give(page, 'Mend the roof');
  await open(page, '/tasks');
  const place = await startEditing(page, 'Mend the roof');
  await place.getByLabel('Project', { exact: true }).selectOption('House');
  await change(page, () => place.getByRole('button', { name: 'Save', exact: true }).click());
  await page.getByRole('main').getByRole('link', { name: 'House', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('House');
  await expect(page.getByRole('main').getByRole('link', { name: 'Mend the roof', exact: true })).toBeVisible();
});

test('a renamed tag is renamed on its tasks', async ({ page }) => {
  await give(page, { title: 'Sweep', tags: ['home'] });
  await open(page, '/tags');
  await page.getByRole('main').getByRole('link', { name: 'home', exact: true }).click();
  await page.getByText('Edit tag').click();
  await page.getByLabel('Name', { exact: true }).fill('Residence');
  await page.getByRole('button', { name: 'Save tag' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Residence');
  expect(await tasksOf(page)).toMatchObject([{ title: 'Sweep', tags: ['Residence'] }]);
});

test('a filter is built from choices and mended where it is wrong', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await give(page, { title: 'Now', priority: 'high' }, 'Later');
  await open(page, '/filters');
  await page.getByLabel('Priority', { exact: true }).selectOption('High');
  await page.getByRole('button', { name: 'Write it for me' }).click();
  await expect(page.getByLabel('Which tasks', { exact: true })).toHaveValue('!high');
  await page.getByLabel('Which tasks', { exact: true }).fill('!high colour:red');
  await page.getByLabel('Name', { exact: true }).fill('Urgent');
  await page.getByRole('button', { name: 'Save filter' }).click();
  await expect(page.getByText('colour:red', { exact: true })).toBeVisible();
  await page.getByLabel('Which tasks', { exact: true }).fill('!high');
  await page.getByRole('button', { name: 'Save filter' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Urgent');
  await expect(page.getByRole('main').getByRole('link', { name: 'Now', exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Later', exact: true })).toHaveCount(0);
});
