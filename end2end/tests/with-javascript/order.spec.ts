import { open } from '../../support/browser.js';
import { arrive, give } from '../../support/rest.js';
import { taskLink, titles } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test.beforeEach(({ page }) => arrive(page));

test('a row is moved by the keyboard, which stays with it, and by dragging', async ({ page }) => {
  await give(page, 'Apples', 'Bread', 'Cheese');
  await open(page, '/inbox');
  await taskLink(page, 'Apples').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByText('“Apples” moved to position 2 of 3').first()).toBeAttached();
  await expect(taskLink(page, 'Apples')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByText('“Apples” moved to position 3 of 3').first()).toBeAttached();
  await expect(taskLink(page, 'Apples')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByText('“Apples” is last here').first()).toBeAttached();
  const moved = page.waitForResponse(/\/move$/);
  await taskLink(page, 'Cheese').dragTo(taskLink(page, 'Bread'));
  await moved;
  await expect.poll(() => titles(page)).toEqual(['Cheese', 'Bread', 'Apples']);
  await expect(page.locator('[aria-busy]')).toHaveCount(0);
  await page.reload();
  expect(await titles(page)).toEqual(['Cheese', 'Bread', 'Apples']);
});

test('a move that is refused goes back and says why', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await give(page, 'Apples', 'Bread');
  await open(page, '/inbox');
  await page.route(/\/move$/, (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({ status: 422, code: 'invalid', detail: 'There is no such task', errors: [] }),
    }),
  );
  await page.getByRole('button', { name: 'Move Bread up', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is no such task' })).toBeVisible();
  expect(await titles(page)).toEqual(['Apples', 'Bread']);
});

test('several lines that are pasted into the line of a new task are asked about', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '/inbox');
  const line = page.getByLabel('New task', { exact: true });
  await line.focus();
  await page.evaluate(() => navigator.clipboard.writeText('Apples\nBread\n'));
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.getByRole('heading', { name: 'Add 2 tasks?' })).toBeVisible();
});
