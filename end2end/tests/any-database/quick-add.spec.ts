import { awake, change, open } from '../../support/browser.js';
import { day } from '../../support/people.js';
import { arrive, give, tasksOf } from '../../support/rest.js';
import { row, taskLink } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ page }) => arrive(page));

test('a line says everything about a task', async ({ page }) => {
  await open(page, '/tasks');
  await page.getByLabel('New task', { exact: true }).fill('Pay the rent tomorrow !high #home // by transfer');
  await change(page, () => page.getByRole('button', { name: 'Add task' }).click());
  await expect(taskLink(page, 'Pay the rent')).toBeVisible();
  await expect(row(page, 'Pay the rent')).toContainText('Tomorrow');
  expect(await tasksOf(page)).toMatchObject([
    { title: 'Pay the rent', due_date: day(1), priority: 'high', tags: ['home'], notes: 'by transfer' },
  ]);
});

test('a line is taken exactly as typed on demand', async ({ page }) => {
  await open(page, '/tasks');
  await page.getByLabel('New task', { exact: true }).fill('Read "tomorrow" #1 !high');
  await page.getByText('More fields').click();
  await page.getByLabel('Add exactly as typed').check();
  await change(page, () => page.getByRole('button', { name: 'Add task' }).click());
  await expect(taskLink(page, 'Read "tomorrow" #1 !high')).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([{ title: 'Read "tomorrow" #1 !high', due_date: null, priority: 'none' }]);
});

test('a line of marks alone is no task, and stays', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await open(page, '/tasks');
  await page.getByLabel('New task', { exact: true }).fill('#home !high');
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page.getByLabel('New task', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('New task', { exact: true })).toHaveValue('#home !high');
  expect(await tasksOf(page)).toEqual([]);
});

test('notes are read as Markdown, and their checkboxes are ticked', async ({ page }) => {
  const [task] = await give(page, { title: 'Trip', notes: '## Packing\n\n- [ ] tent\n- [x] boots\n\n[map](https://maps.example/)' });
  await open(page, `/tasks/${task!.id}`);
  await expect(page.getByRole('heading', { name: 'Packing' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'map' })).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  await expect(page.getByRole('checkbox', { name: 'boots' })).toBeChecked();
  await page.getByRole('checkbox', { name: 'tent' }).click();
  await expect(page.getByRole('checkbox', { name: 'tent' })).toBeChecked();
  await awake(page);
  expect((await tasksOf(page))[0]!.notes).toContain('- [x] tent');
});
