// PostgreSQL goes away and comes back while somebody is at work: what was typed is kept, and nobody is signed out.
import type { Locator } from '@playwright/test';
import { expectNoBarriers } from '../../support/axe.js';
import { open } from '../../support/browser.js';
import { expect, test, type Wire } from '../../support/database.js';
import { arrive, tasksOf } from '../../support/rest.js';
import { fillNewTask, taskLink } from '../../support/tasks.js';

// The page's own attempts at getting through take a few seconds, and so does finding out that nobody answers.
const afterRetries = { timeout: 30_000 };

/** The database is back, and the server has noticed. */
async function comeBack(wire: Wire, home: string): Promise<void> {
  await wire.mend();
  await expect.poll(async () => (await fetch(`${home}/readyz`)).status, afterRetries).toBe(200);
}

/** Tries again as the page says, "in a moment": a wire that was in use just then may fail once more. */
async function tryAgain(again: Locator, wanted: Locator): Promise<void> {
  await expect(async () => {
    if (await again.isVisible()) await again.click();
    await expect(wanted).toBeVisible({ timeout: 5_000 });
  }).toPass(afterRetries);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test.beforeEach(async ({ page, watch }) => {
      watch.expectAnswer(503);
      await arrive(page);
    });

    test('a task that was typed before the database went away is added once it is back', async ({ page, wire, home }) => {
      await open(page, '/tasks');
      await fillNewTask(page, { title: 'Typed in good faith' });
      await wire.cut();
      await page.getByRole('button', { name: 'Add task' }).click();
      await expect(page.getByText('database cannot be reached')).toBeVisible(afterRetries);
      await comeBack(wire, home);
      await tryAgain(page.getByRole('button', { name: 'Try again' }), taskLink(page, 'Typed in good faith'));
      expect((await tasksOf(page)).map(({ title }) => title)).toEqual(['Typed in good faith']);
    });

    test('a page that cannot be shown says so, and is there once the database is back', async ({ page, wire, home, javaScript }) => {
      await wire.cut();
      await page.goto('/dashboard');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not available right now');
      await expect(page.getByText('database cannot be reached')).toBeVisible();
      await expectNoBarriers(page, javaScript);
      await comeBack(wire, home);
      await tryAgain(page.getByRole('link', { name: 'Try again' }), page.getByRole('heading', { level: 1, name: /^Good/ }));
      await expect(page).toHaveURL(/\/dashboard$/);
    });
  });
}
