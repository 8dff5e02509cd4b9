import { expectComplaint } from '../../support/accounts.js';
import { open } from '../../support/browser.js';
import { day } from '../../support/people.js';
import { arrive, give, tasksOf } from '../../support/rest.js';
import {
  addTask,
  checkbox,
  deleteTask,
  editTask,
  fillNewTask,
  row,
  startEditing,
  taskLink,
  titles,
  toggle,
  undoDelete,
} from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ page }) => arrive(page));

test('an empty list says what to do', async ({ page }) => {
  await open(page, '/tasks');
  await expect(page.getByText('Nothing to do. Add your first task above.')).toBeVisible();
});

test('a task is added, and a reload keeps it', async ({ page }) => {
  await open(page, '/tasks');
  await addTask(page, 'Buy milk');
  await expect(page.getByLabel('New task', { exact: true })).toHaveValue('');
  await addTask(page, 'Feed the cat');
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(['Buy milk', 'Feed the cat']);
});

test('a task is added with everything that there is to say', async ({ page }) => {
  await open(page, '/tasks');
  await addTask(page, 'Pay the rent', {
    notes: 'First line\nSecond line',
    dueDate: day(1),
    dueTime: '09:30',
    priority: 'High',
    tags: 'home, money',
  });
  await expect(row(page, 'Pay the rent')).toContainText('Tomorrow');
  await expect(row(page, 'Pay the rent')).toContainText('High');
  await expect(row(page, 'Pay the rent')).toContainText('money');
  expect(await tasksOf(page)).toMatchObject([
    {
      title: 'Pay the rent',
      notes: 'First line\nSecond line',
      due_date: day(1),
      due_time: '09:30',
      priority: 'high',
      tags: ['home', 'money'],
    },
  ]);
});

test('due days are told in words', async ({ page }) => {
  await give(page, { title: 'Late', due_date: day(-1) }, { title: 'Now', due_date: day(0) }, { title: 'Soon', due_date: day(1) });
  await open(page, '/tasks');
  await expect(row(page, 'Late')).toContainText('Overdue');
  await expect(row(page, 'Late')).toContainText('Yesterday');
  await expect(row(page, 'Now')).toContainText('Today');
  await expect(row(page, 'Soon')).toContainText('Tomorrow');
});

test('a task is edited, and what is cleared is gone', async ({ page }) => {
  await give(page, { title: 'Call Grace', notes: 'about the compiler', priority: 'low', due_date: day(3), tags: ['work'] });
  await open(page, '/tasks');
  await editTask(page, 'Call Grace', { title: 'Call Grace Hopper', notes: '', priority: 'Medium', dueDate: '', tags: 'phone' });
  await open(page, '/tasks');
  await expect(taskLink(page, 'Call Grace Hopper')).toBeVisible();
  await expect(taskLink(page, 'Call Grace')).toBeHidden();
  expect(await tasksOf(page)).toMatchObject([
    { title: 'Call Grace Hopper', notes: null, priority: 'medium', due_date: null, tags: ['phone'] },
  ]);
});

test('an edit that cannot be taken is told beside its field and loses nothing', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await give(page, 'Draw the plan');
  await open(page, '/tasks');
  const place = await startEditing(page, 'Draw the plan');
  await place.getByLabel('Title', { exact: true }).fill('x'.repeat(201));
  await place.getByLabel('Notes', { exact: true }).fill('Kept');
  await place.getByRole('button', { name: 'Save', exact: true }).click();
  await expectComplaint(page, 'Title', /at most 200 characters/);
  await expect(place.getByLabel('Notes', { exact: true })).toHaveValue('Kept');
  expect(await tasksOf(page)).toMatchObject([{ title: 'Draw the plan', notes: null }]);
});

test('a task is ticked off and taken back', async ({ page }) => {
  await give(page, 'Sweep');
  await open(page, '/tasks');
  await toggle(page, 'Sweep');
  expect(await tasksOf(page)).toMatchObject([{ is_completed: true }]);
  await open(page, '/tasks');
  await expect(taskLink(page, 'Sweep')).toBeHidden();
  await open(page, '/tasks?status=done');
  await expect(checkbox(page, 'Sweep')).toBeChecked();
  await toggle(page, 'Sweep');
  await open(page, '/tasks');
  await expect(checkbox(page, 'Sweep')).not.toBeChecked();
});

test('a deleted task comes back by undo, with all that it was', async ({ page }) => {
  const [before] = await give(page, { title: 'Old letters', notes: 'In the attic', tags: ['home'], due_date: day(2) }, 'Another');
  await open(page, '/tasks');
  await deleteTask(page, 'Old letters');
  await expect(page.getByRole('status').filter({ hasText: /Deleted|Task deleted/ })).toBeVisible();
  expect(await tasksOf(page)).toMatchObject([{ title: 'Another' }]);
  await undoDelete(page);
  await expect(taskLink(page, 'Old letters')).toBeVisible();
  const { title, notes, tags, due_date } = before!;
  expect(await tasksOf(page)).toContainEqual(expect.objectContaining({ title, notes, tags, due_date }));
});

test('a deleted task stays deleted without undo', async ({ page }) => {
  await give(page, 'Old letters', 'Another');
  await open(page, '/tasks');
  await deleteTask(page, 'Old letters');
  await open(page, '/tasks?status=all');
  await expect.poll(() => titles(page)).toEqual(['Another']);
});

test('a title is refused beside its field when it is empty or too long, and nothing typed is lost', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await open(page, '/tasks');
  await fillNewTask(page, { title: 'x'.repeat(201), notes: 'Kept', dueDate: '2031-05-06', priority: 'Low', tags: 'kept' });
  await page.getByRole('button', { name: 'Add task' }).click();
  await expectComplaint(page, 'New task', /at most 200 characters/);
  await expect(page.getByLabel('New task', { exact: true })).toHaveValue('x'.repeat(201));
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Add task' }) });
  await expect(form.getByLabel('Notes', { exact: true })).toHaveValue('Kept');
  await expect(form.getByLabel('Due date', { exact: true })).toHaveValue('2031-05-06');
  await expect(form.getByLabel('Priority', { exact: true })).toHaveValue('low');
  await expect(form.getByLabel('Tags', { exact: true })).toHaveValue('kept');
  await page.getByLabel('New task', { exact: true }).fill('   ');
  await page.getByRole('button', { name: 'Add task' }).click();
  await expectComplaint(page, 'New task', 'Give the task a title');
  expect(await tasksOf(page)).toEqual([]);
});
