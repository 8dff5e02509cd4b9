import { open } from '../../support/browser.js';
import { arrive, give } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

test('a filter tells what it finds, or what is wrong with it, while it is typed', async ({ page }) => {
  await arrive(page);
  await give(page, { title: 'Now', priority: 'high' }, 'Later');
  await open(page, '/filters');
  const query = page.getByLabel('Which tasks', { exact: true });
  await query.fill('!high');
  await expect(page.getByText('1 task matches:')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Matching tasks' }).getByRole('link')).toHaveText(['Now']);
  await query.fill('!high colour:red');
  await expect(page.getByText('colour:red', { exact: true })).toBeVisible();
  await expect(query).toHaveAccessibleDescription(/There is no condition/);
  await query.fill('Later');
  await expect(page.getByRole('list', { name: 'Matching tasks' }).getByRole('link')).toHaveText(['Later']);
  await expect(query).not.toHaveAccessibleDescription(/There is no condition/);
  await page.reload();
  await expect(query).toHaveValue('Later');
});
