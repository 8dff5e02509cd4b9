import { expectComplaint } from '../../support/accounts.js';
import { change, open } from '../../support/browser.js';
import { day } from '../../support/people.js';
import { arrive, give, tasksOf } from '../../support/rest.js';
import { fill, taskLink } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ page }) => arrive(page));

test('a task has a page of its own, where everything can be changed', async ({ page }) => {
  const [task] = await give(page, { title: 'Write home', notes: 'Long overdue', tags: ['mail'], priority: 'low' });
  await open(page, '/tasks');
  await taskLink(page, 'Write home').click();
  await expect(page).toHaveURL(new RegExp(`/tasks/${task!.id}$`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Write home');
  const main = page.getByRole('main');
  await expect(main.getByLabel('Notes', { exact: true })).toHaveValue('Long overdue');
  await fill(main, { title: 'Write to Grace', dueDate: day(4), dueTime: '18:00', priority: 'High', tags: 'mail, friends' });
  await change(page, () => main.getByRole('button', { name: 'Save', exact: true }).click());
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([
    { title: 'Write to Grace', notes: 'Long overdue', due_date: day(4), due_time: '18:00', priority: 'high', tags: ['mail', 'friends'] },
  ]);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Write to Grace');
  await page.getByRole('link', { name: 'Back to tasks' }).click();
  await expect(page).toHaveURL(/\/tasks$/);
});

test('a task is ticked off on its page', async ({ page }) => {
  const [task] = await give(page, 'Sweep');
  await open(page, `/tasks/${task!.id}`);
  await change(page, () => page.getByRole('main').getByRole('checkbox').click());
  await expect(page.getByRole('main').getByRole('checkbox')).toBeChecked();
  await page.reload();
  await expect(page.getByRole('main').getByRole('checkbox')).toBeChecked();
});

test('a task that is deleted on its page can be brought back from the list', async ({ page }) => {
  const [task] = await give(page, 'Sweep');
  await open(page, `/tasks/${task!.id}`);
  await page.getByRole('main').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/tasks(\?|$)/);
  await expect(taskLink(page, 'Sweep')).toBeHidden();
  await change(page, () => page.getByRole('button', { name: 'Undo', exact: true }).click());
  await expect(taskLink(page, 'Sweep')).toBeVisible();
});

test('what cannot be taken is told beside its field', async ({ page, watch }) => {
  watch.expectAnswer(422);
  const [task] = await give(page, 'Sweep');
  await open(page, `/tasks/${task!.id}`);
  const main = page.getByRole('main');
  await fill(main, { title: ' ', notes: 'Kept', tags: Array.from({ length: 21 }, (_, tag) => `t${tag}`).join(',') });
  await main.getByRole('button', { name: 'Save', exact: true }).click();
  await expectComplaint(page, 'Title', 'Give the task a title');
  await expect(main.getByLabel('Tags', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(main.getByLabel('Notes', { exact: true })).toHaveValue('Kept');
  expect(await tasksOf(page)).toMatchObject([{ title: 'Sweep', notes: null, tags: [] }]);
});

test('a task that is not there, deleted or misspelled is the same 404', async ({ page, watch }) => {
  watch.expectAnswer(404, '/tasks/');
  const [task] = await give(page, 'Gone');
  await page.request.delete(`/api/me/tasks/${task!.id}`, { headers: { 'Sec-Fetch-Site': 'same-origin' } });
  for (const id of [task!.id, '0193a5f0-1111-7abc-8def-000000000001', 'nonsense']) {
    await open(page, `/tasks/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
    await expect(page.getByText('Gone', { exact: true })).toBeHidden();
  }
});
