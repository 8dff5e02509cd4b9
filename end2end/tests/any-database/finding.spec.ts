import { open } from '../../support/browser.js';
import { day } from '../../support/people.js';
import { arrive, give } from '../../support/rest.js';
import { filter, list, taskLink, titles, toggle } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ page }) => arrive(page));

test('search finds text in titles and notes, whatever its case, and takes signs literally', async ({ page }) => {
  await give(page, 'Paint the FENCE', { title: 'Shop', notes: 'a brush for the fence' }, '100% sure', '100 percent');
  await filter(page, { Search: 'fence' });
  await expect.poll(() => titles(page)).toEqual(['Paint the FENCE', 'Shop']);
  await filter(page, { Search: '100%' });
  await expect.poll(() => titles(page)).toEqual(['100% sure']);
});

test('the list narrows by being done, by priority and by due day', async ({ page }) => {
  await give(
    page,
    { title: 'Urgent', priority: 'high', due_date: day(1) },
    { title: 'Later', priority: 'low', due_date: day(10) },
    { title: 'Whenever' },
    { title: 'Finished' },
  );
  await open(page, '/tasks');
  await toggle(page, 'Finished');
  await open(page, '/tasks');
  await filter(page, { Show: 'done' });
  await expect.poll(() => titles(page)).toEqual(['Finished']);
  await filter(page, { Show: 'all' });
  await expect.poll(async () => (await titles(page)).length).toBe(4);
  await open(page, '/tasks');
  await filter(page, { 'Only priority': 'high' });
  await expect.poll(() => titles(page)).toEqual(['Urgent']);
  await open(page, '/tasks');
  await filter(page, { 'Due from': day(1), 'Due to': day(1) });
  await expect.poll(() => titles(page)).toEqual(['Urgent']);
  await filter(page, { 'Due to': '', 'Due from': day(2) });
  await expect.poll(() => titles(page)).toEqual(['Later']);
});

test('the form shows what the list is narrowed by, and one link undoes it', async ({ page }) => {
  await give(page, 'One', 'Two');
  await open(page, '/tasks?q=one&status=all&sort=title');
  const form = page.getByRole('search', { name: 'Filter tasks' });
  await expect(form.getByLabel('Search', { exact: true })).toHaveValue('one');
  await expect(form.getByLabel('Show', { exact: true })).toHaveValue('all');
  await expect(form.getByLabel('Sort by', { exact: true })).toHaveValue('title');
  await page.getByRole('link', { name: 'Clear filters' }).first().click();
  await expect(page).toHaveURL(/\/tasks$/);
  await expect.poll(async () => (await titles(page)).sort()).toEqual(['One', 'Two']);
});

test('no match is told apart from no tasks', async ({ page }) => {
  await give(page, 'One');
  await filter(page, { Search: 'nothing like it' });
  await expect(page.getByRole('main').getByText('No task matches these filters.').first()).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Clear filters' }).last().click();
  await expect(taskLink(page, 'One')).toBeVisible();
});

test('the list is sorted by every key, both ways', async ({ page }) => {
  await give(
    page,
    { title: 'banana', priority: 'low', due_date: day(3) },
    { title: 'Apple', priority: 'high', due_date: day(9) },
    { title: 'cherry', priority: 'medium' },
  );
  const orders: Record<string, string[]> = {
    due: ['banana', 'Apple', 'cherry'],
    title: ['Apple', 'banana', 'cherry'],
    'title desc': ['cherry', 'banana', 'Apple'],
    'priority desc': ['Apple', 'cherry', 'banana'],
    'priority asc': ['banana', 'cherry', 'Apple'],
    'created asc': ['banana', 'Apple', 'cherry'],
    'created desc': ['cherry', 'Apple', 'banana'],
  };
  for (const [wish, expected] of Object.entries(orders)) {
    const [sort, direction] = wish.split(' ');
    await filter(page, { 'Sort by': sort!, ...(direction ? { Direction: direction } : {}) });
    await expect.poll(() => titles(page), wish).toEqual(expected);
  }
});

test('a long list comes in pages that miss nothing and repeat nothing', async ({ page, javaScript }) => {
  const all = ['a', 'b', 'c', 'd', 'e'];
  await give(page, ...all);
  await open(page, '/tasks?sort=title&limit=2');
  await expect.poll(() => titles(page)).toEqual(['a', 'b']);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect.poll(() => titles(page)).toEqual(javaScript ? ['a', 'b', 'c', 'd'] : ['c', 'd']);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect.poll(() => titles(page)).toEqual(javaScript ? all : ['e']);
  await expect(page.getByRole('link', { name: 'Next page' })).toBeHidden();
});

test('parameters that make no sense are told, and the usual list is shown', async ({ page, watch }) => {
  watch.expectAnswer(422, '/tasks?');
  await give(page, 'One');
  for (const query of ['status=maybe', 'cursor=forged', 'due_from=soon', 'sort=colour']) {
    await open(page, `/tasks?${query}`);
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(list(page)).toBeVisible();
    await expect(taskLink(page, 'One')).toBeVisible();
  }
});
