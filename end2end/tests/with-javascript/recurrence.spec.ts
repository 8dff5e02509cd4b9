// The next dates are told while somebody types how a task repeats.
import { open } from '../../support/browser.js';
import { day } from '../../support/people.js';
import { arrive, give } from '../../support/rest.js';
import { startEditing } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

test('the dates follow what is typed', async ({ page }) => {
  await arrive(page);
  await give(page, { title: 'Rent', due_date: day(0) });
  await open(page, '/tasks');
  const place = await startEditing(page, 'Rent');
  await place.getByLabel('Repeat', { exact: true }).fill('every 2 days');
  await expect(place.getByText('Every other day. Due today, then')).toBeVisible();
  await place.getByLabel('Repeat', { exact: true }).fill('when it rains');
  await expect(place.getByText('Say it like')).toBeVisible();
});
