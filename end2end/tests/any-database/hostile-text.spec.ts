import { change, open } from '../../support/browser.js';
import { day, somebody } from '../../support/people.js';
import { arrive, give, tasksOf } from '../../support/rest.js';
import { addTask, deleteTask, editTask, filter, taskLink, titles } from '../../support/tasks.js';
import { expect, test } from '../../support/test.js';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '</textarea><svg onload=alert(1)>',
  "javascript:alert('1')",
  '{{7*7}} ${7*7}',
  '<!-- --!> -->',
  'line\u2028separator',
  '</title></style><b>bold',
];

test('G02 G03 text that looks like code is text, on every page', async ({ page }) => {
  await arrive(page, somebody('Ada'));
  await give(page, ...hostile.map((title) => ({ title, notes: title, due_date: day(0), tags: [title.slice(0, 40)] })));
  for (const path of ['/tasks?sort=created&order=asc', '/dashboard']) {
    await open(page, path);
    for (const title of hostile) await expect(taskLink(page, title).or(page.getByRole('link', { name: title, exact: true })).first()).toBeVisible();
    await expectNothingPlanted();
  }
  for (const { id, title } of await tasksOf(page)) {
    await open(page, `/tasks/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByLabel('Notes', { exact: true })).toHaveValue(title);
    expect(await page.title()).toContain(title);
    await expectNothingPlanted();
  }

  async function expectNothingPlanted() {
    await expect(page.locator('img[onerror], svg[onload], main script:not([nonce])')).toHaveCount(0);
    await expect(page.locator('main b')).toHaveCount(0);
  }
});

test('G02 G03 text that looks like code is text while it is added, edited, searched and deleted', async ({ page }) => {
  await arrive(page);
  await open(page, '/tasks');
  for (const title of hostile.slice(0, 4)) await addTask(page, title);
  await editTask(page, hostile[0]!, { title: `${hostile[1]} twice`, notes: hostile[3]! });
  await open(page, '/tasks');
  await expect(taskLink(page, `${hostile[1]} twice`)).toBeVisible();
  await filter(page, { Search: hostile[2]! });
  await expect.poll(() => titles(page)).toEqual([hostile[2]]);
  await deleteTask(page, hostile[2]!);
  await change(page, () => page.getByRole('button', { name: 'Undo', exact: true }).click());
  await expect(taskLink(page, hostile[2]!)).toBeVisible();
});

test('G02 G03 G11 text that looks like code is text in names, messages and addresses', async ({ page, watch }) => {
  watch.expectAnswer(422);
  watch.expectAnswer(404);
  const attack = '<img src=x onerror=alert(1)>';
  await arrive(page, { ...somebody(), name: attack });
  await open(page, '/dashboard');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(attack);
  const wish = encodeURIComponent(attack);
  for (const path of [`/tasks?q=${wish}`, `/tasks?status=${wish}`, `/${wish}`, `/tasks?deleted=${wish}`, `/tasks/${wish}`, `/tasks?__path=/actions/add_task&__err=${wish}`]) {
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('img[onerror]')).toHaveCount(0);
  }
});

test('G04 no link of a task runs a script or tells where it was followed', async ({ page, home }) => {
  await arrive(page);
  const targets = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:x', 'file:///etc/passwd', '//evil.example', 'https://evil.example/x'];
  const notes = targets.flatMap((target) => [target, `[link](${target})`, `<a href="${target}">link</a>`, `<${target}>`]).join('\n\n');
  const [task] = await give(page, { title: targets[0]!, notes, due_date: day(0) });
  for (const path of ['/tasks', '/dashboard', `/tasks/${task!.id}`]) {
    await open(page, path);
    for (const link of await page.locator('a[href]').all()) {
      const { href, rel } = await link.evaluate((element: HTMLAnchorElement) => ({ href: element.href, rel: element.rel }));
      expect(href, path).toMatch(/^(https?|mailto):/);
      if (href.startsWith('mailto:') || new URL(href).origin === home) continue;
      expect(rel.split(' '), href).toEqual(expect.arrayContaining(['noopener', 'noreferrer']));
    }
  }
});
