import type { Locator, Page } from '@playwright/test';
import { emailField, passwordField } from '../../support/accounts.js';
import { awake, change, hasIslands, open } from '../../support/browser.js';
import { somebody } from '../../support/people.js';
import { arrive, give, tasksOf } from '../../support/rest.js';
import { checkbox, list, taskLink } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

/** Walks by Tab until this has the focus; every stop on the way must show that it has it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < 80; stops += 1) {
    await page.keyboard.press('Tab');
    const { name, isMarked } = await page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const marks = [element, element.parentElement, element.nextElementSibling].flatMap((place) => {
        const style = place && getComputedStyle(place);
        return style ? [style.outlineStyle !== 'none' && style.outlineWidth !== '0px', style.boxShadow !== 'none'] : [];
      });
      return { name: element.outerHTML.slice(0, 120), isMarked: element === document.body || marks.includes(true) };
    });
    expect(isMarked, `the focus shows on ${name}`).toBe(true);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never comes to ${target}`);
}

test('the first stop of every page leads past its header', async ({ page }) => {
  await arrive(page);
  for (const path of ['/', '/dashboard', '/tasks', '/settings']) {
    await open(page, path);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#content$/);
  }
});

test('somebody signs up, and in, by keyboard alone', async ({ page, context }) => {
  const ada = somebody();
  await open(page, '/');
  await tabTo(page, page.getByRole('link', { name: 'Sign up' }).first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/signup$/);
  await awake(page);
  await tabTo(page, emailField(page));
  await page.keyboard.type(ada.email);
  await tabTo(page, passwordField(page));
  await page.keyboard.type(ada.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/dashboard$/);
  await context.clearCookies();
  await open(page, '/signin');
  await tabTo(page, emailField(page));
  await page.keyboard.type(ada.email);
  await tabTo(page, passwordField(page));
  await page.keyboard.type(ada.password);
  await tabTo(page, page.getByRole('button', { name: 'Sign in', exact: true }));
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('tasks are added, ticked off, edited, deleted and brought back by keyboard alone', async ({ page }) => {
  await arrive(page);
  await give(page, 'Sweep');
  await open(page, '/tasks');
  await tabTo(page, page.getByLabel('New task', { exact: true }));
  await page.keyboard.type('Water the ferns');
  await change(page, () => page.keyboard.press('Enter'));
  await expect(taskLink(page, 'Water the ferns')).toBeVisible();

  await open(page, '/tasks');
  await tabTo(page, checkbox(page, 'Sweep'));
  await change(page, () => page.keyboard.press('Space'));
  expect(await tasksOf(page)).toMatchObject([{ is_completed: true }, { is_completed: false }]);

  await open(page, '/tasks');
  await tabTo(page, page.getByRole('link', { name: 'Edit Water the ferns', exact: true }));
  await page.keyboard.press('Enter');
  const place = hasIslands(page) ? list(page) : page.getByRole('main');
  const title = place.getByLabel('Title', { exact: true });
  await expect(title).toBeVisible();
  await awake(page);
  if (hasIslands(page)) await expect(title).toBeFocused();
  else await tabTo(page, title);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Water the roses');
  await change(page, () => page.keyboard.press('Enter'));

  await open(page, '/tasks');
  await tabTo(page, page.getByRole('button', { name: 'Delete Water the roses', exact: true }));
  await change(page, () => page.keyboard.press('Enter'));
  await expect(taskLink(page, 'Water the roses')).toBeHidden();
  await awake(page);
  await tabTo(page, page.getByRole('button', { name: 'Undo', exact: true }));
  await change(page, () => page.keyboard.press('Enter'));
  await expect(taskLink(page, 'Water the roses')).toBeVisible();
});
