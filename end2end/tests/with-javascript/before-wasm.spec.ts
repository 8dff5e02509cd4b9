import { expectComplaint, signIn, signOut, signUp } from '../../support/accounts.js';
import { open, withholdWasm } from '../../support/browser.js';
import { somebody } from '../../support/people.js';
import { tasksOf } from '../../support/rest.js';
import { addTask, deleteTask, editTask, taskLink, toggle, undoDelete } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ context }) => withholdWasm(context));

test('everything works while the WASM has not arrived', async ({ page }) => {
  const ada = somebody();
  await signUp(page, ada);
  await expect(page).toHaveURL(/\/dashboard$/);
  await open(page, '/tasks');
  await addTask(page, 'Buy milk');
  await editTask(page, 'Buy milk', { title: 'Buy oat milk', priority: 'High' });
  await open(page, '/tasks');
  await deleteTask(page, 'Buy oat milk');
  await undoDelete(page);
  await expect(taskLink(page, 'Buy oat milk')).toBeVisible();
  await toggle(page, 'Buy oat milk');
  expect(await tasksOf(page)).toMatchObject([{ title: 'Buy oat milk', priority: 'high', is_completed: true }]);
  await signOut(page);
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('errors stand beside their fields while the WASM has not arrived', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await signUp(page, { ...somebody(), password: 'short' });
  await expectComplaint(page, 'Password', 'Use at least 8 characters');
});

test('no button shows that only scripts could work', async ({ page }) => {
  await open(page, '/signin');
  await expect(page.getByRole('button', { name: 'Show password' })).toBeHidden();
});
