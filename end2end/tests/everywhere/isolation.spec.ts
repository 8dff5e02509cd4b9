import { signIn, signOut } from '../../support/accounts.js';
import { open } from '../../support/browser.js';
import { day, somebody } from '../../support/people.js';
import { arrive, give, send, tasksOf } from '../../support/rest.js';
import { checkbox, filter, list, taskLink } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

const secret = 'Surprise for Grace';

test('F05 nothing of one person shows on any page of another', async ({ page, anotherBrowser, watch }) => {
  watch.expectAnswer(404, '/tasks/');
  await arrive(page, somebody('Ada'));
  const [task] = await give(page, { title: secret, notes: 'hidden words', tags: ['hidden'], due_date: day(0) });
  const grace = await anotherBrowser();
  await arrive(grace, somebody('Grace'));
  await give(grace, 'Mine');
  for (const path of ['/tasks', '/tasks?status=all', '/dashboard', '/tasks?q=Surprise', '/tasks?tag=hidden', '/settings']) {
    await open(grace, path);
    await expect(grace.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await grace.content(), path).not.toMatch(/Surprise for|hidden words/);
  }
  await filter(grace, { Search: 'hidden words' });
  await expect(grace.getByText('No task matches these filters.').first()).toBeVisible();
  await open(grace, `/tasks/${task!.id}`);
  await expect(grace.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  expect(await grace.content()).not.toContain(secret);
});

test('F01 the path of another person is refused, and an id of theirs is not there', async ({ page, anotherBrowser }) => {
  await arrive(page, somebody('Ada'));
  const [task] = await give(page, { title: secret, priority: 'high' });
  const grace = await anotherBrowser();
  await arrive(grace, somebody('Grace'));
  const attempts: [method: string, path: string, body?: object][] = [
    ['GET', ''],
    ['PATCH', '', { title: 'Mine now' }],
    ['PUT', '', { title: 'Mine now' }],
    ['PATCH', '/complete', { is_completed: true }],
    ['DELETE', ''],
  ];
  for (const [method, path, body] of attempts) {
    const theirs = await send(grace, method, `/api/${task!.user_id}/tasks/${task!.id}${path}`, body);
    expect(theirs.status(), `${method} on the path of another`).toBe(403);
    const mine = await send(grace, method, `/api/me/tasks/${task!.id}${path}`, body);
    expect(mine.status(), `${method} of an id that is not mine`).toBe(404);
    expect(await mine.text()).not.toContain(secret);
  }
  expect((await send(grace, 'GET', `/api/${task!.user_id}/tasks`)).status()).toBe(403);
  expect(await tasksOf(page)).toEqual([task]);
});

test('F01 forms that name a task of another person change nothing', async ({ page, anotherBrowser, watch }) => {
  watch.expectAnswer(404);
  await arrive(page, somebody('Ada'));
  const [task] = await give(page, secret);
  const grace = await anotherBrowser();
  await arrive(grace, somebody('Grace'));
  const forms: Record<string, string>[] = [
    { do: 'edit_task', id: task!.id, title: 'Mine now' },
    { do: 'set_task_completed', id: task!.id, is_completed: 'true' },
    { do: 'delete_task', id: task!.id },
    { do: 'restore_task', id: task!.id },
  ];
  for (const form of forms) {
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    const posted = await grace.request.post('/tasks', { form, headers, maxRedirects: 0 });
    expect(posted.status(), form.do).toBe(404);
    const called = await grace.request.post(`/actions/${form.do}`, { form, headers, maxRedirects: 0 });
    expect(called.status(), form.do).toBe(404);
    expect(await called.text()).not.toContain(secret);
  }
  expect(await tasksOf(page)).toEqual([task]);
});

test('F02 a created task is mine, whatever the body says', async ({ page, anotherBrowser }) => {
  await arrive(page, somebody('Ada'));
  const [theirs] = await give(page, secret);
  const grace = await anotherBrowser();
  await arrive(grace, somebody('Grace'));
  const answer = await send(grace, 'POST', '/api/me/tasks', { title: 'Planted', user_id: theirs!.user_id, revision: 99 });
  expect(answer.status()).toBe(201);
  expect((await tasksOf(grace))[0]!.user_id).not.toBe(theirs!.user_id);
  expect(await tasksOf(page)).toEqual([theirs]);
});

test('F12 the next person at the same browser sees nothing of the one before', async ({ page, anotherBrowser }) => {
  const grace = await arrive(await anotherBrowser(), somebody('Grace'));
  await arrive(page, somebody('Ada'));
  await give(page, secret);
  await open(page, '/tasks');
  await expect(taskLink(page, secret)).toBeVisible();
  await open(page, '/dashboard');
  await signOut(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/signin/);
  await open(page, '/signin');
  await signIn(page, grace);
  await expect(page).toHaveURL(/\/dashboard$/);
  for (const path of ['/tasks', '/tasks?status=all', '/dashboard']) {
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.content()).not.toContain(secret);
  }
  for (let steps = 0; steps < 6; steps += 1) {
    await page.goBack();
    expect(await page.content()).not.toContain(secret);
  }
});

test('two people work side by side', async ({ page, anotherBrowser }) => {
  await arrive(page, somebody('Ada'));
  const grace = await anotherBrowser();
  await arrive(grace, somebody('Grace'));
  await give(page, 'Same title');
  await give(grace, 'Same title');
  await open(page, '/tasks');
  await open(grace, '/tasks');
  await expect(checkbox(page, 'Same title')).toHaveCount(1);
  await expect(list(grace).getByRole('checkbox', { name: /^Complete / })).toHaveCount(1);
  expect((await tasksOf(page))[0]!.id).not.toBe((await tasksOf(grace))[0]!.id);
});
