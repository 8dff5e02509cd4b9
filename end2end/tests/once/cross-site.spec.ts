import { open } from '../../support/browser.js';
import { otherSite } from '../../support/other-site.js';
import { somebody } from '../../support/people.js';
import { arrive, give, sessionCookies, tasksOf } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

const hosts = ['127.0.0.1', 'localhost'] as const;

function form(action: string, fields: Record<string, string>, enctype = 'application/x-www-form-urlencoded'): string {
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name='${name}' value='${value}'>`);
  return `<form method="post" action="${action}" enctype="${enctype}">${inputs.join('')}</form><script>document.forms[0].submit()</script>`;
}

test.beforeEach(({ watch }) => {
  watch.expectAnswer(403);
  // What the other site's own page complains about is its own affair.
  watch.expectMessage(/frame|blocked|ERR_|CORS|Content Security Policy|Failed to load|Not allowed/i);
});

for (const host of hosts) {
  test(`E06 forms of a page on ${host} change nothing`, async ({ page, home }) => {
    await arrive(page);
    const [task] = await give(page, 'Mine');
    const json = { ['{"title":"Planted","x":"']: '"}' };
    const attacks = [
      form(`${home}/actions/add_task`, { title: 'Planted' }),
      form(`${home}/tasks`, { do: 'add_task', title: 'Planted' }),
      form(`${home}/tasks`, { do: 'add_task', title: 'Planted' }, 'multipart/form-data'),
      form(`${home}/tasks`, { do: 'delete_task', id: task!.id }),
      form(`${home}/api/me/tasks`, json, 'text/plain'),
      form(`${home}/actions/change_password`, { current_password: 'x', new_password: 'long enough' }),
      form(`${home}/actions/sign_out_everywhere`, {}),
      form(`${home}/api/auth/signout`, {}),
      form(`${home}/signout`, { do: 'sign_out' }),
    ];
    for (const attack of attacks) {
      const site = await otherSite(attack);
      const refused = page.waitForResponse((answer) => answer.url().startsWith(home) && answer.request().method() === 'POST');
      await page.goto(site.at(host), { waitUntil: 'commit' });
      expect((await refused).status(), attack).toBe(403);
      await page.waitForLoadState();
      site.close();
    }
    expect(await tasksOf(page)).toEqual([task]);
    await open(page, '/dashboard');
    await expect(page).toHaveURL(/\/dashboard$/);
  });

  test(`E06 E09 requests that a page on ${host} makes by itself change nothing and read nothing`, async ({ page, home, context, watch }) => {
    watch.expectAnswer(401);
    watch.expectAnswer(405);
    watch.expectAnswer(404);
    await arrive(page);
    const [task] = await give(page, 'Mine');
    const site = await otherSite(`
      <img src="${home}/signout" alt=""><img src="${home}/logout" alt=""><img src="${home}/api/auth/signout" alt="">
      <img src="${home}/actions/sign_out" alt=""><iframe src="${home}/tasks" title="framed"></iframe>
      <link rel="stylesheet" href="${home}/actions/sign_out_everywhere">
      <output></output>
      <script>
        const sent = ['/actions/add_task', '/api/me/tasks', '/actions/sign_out', '/api/auth/signout'].flatMap((path) => [
          fetch('${home}' + path, { method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({ title: 'Planted' }) }),
          fetch('${home}' + path, { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{"title":"Planted"}' }),
        ]);
        sent.push(fetch('${home}/api/me/tasks', { credentials: 'include' }).then((answer) => answer.text()));
        Promise.allSettled(sent).then((answers) => {
          document.querySelector('output').textContent = answers.map(({ value }) => typeof value === 'string' ? value : 'nothing').join();
        });
      </script>`);
    await page.goto(site.at(host));
    await expect(page.getByRole('status')).toHaveText(/^(nothing,)+nothing$/);
    await expect(page.frameLocator('iframe').getByText('Mine')).toBeHidden();
    const popup = context.waitForEvent('page');
    await page.evaluate((address) => void window.open(address), `${home}/signout`);
    await (await popup).close();
    site.close();
    expect(await tasksOf(page)).toEqual([task]);
    expect(await sessionCookies(context)).toEqual(['tickbox_at', 'tickbox_rt']);
    await open(page, '/dashboard');
    await expect(page).toHaveURL(/\/dashboard$/);
  });

  test(`E08 a page on ${host} cannot sign anybody in`, async ({ page, home, context, anotherBrowser }) => {
    const attacker = await arrive(await anotherBrowser(), somebody('Mallory'));
    const victim = await arrive(page, somebody('Ada'));
    const site = await otherSite(form(`${home}/signin`, { do: 'sign_in', email: attacker.email, password: attacker.password }));
    for (const isSignedIn of [true, false]) {
      if (!isSignedIn) await context.clearCookies();
      const refused = page.waitForResponse((answer) => answer.url().startsWith(home) && answer.request().method() === 'POST');
      await page.goto(site.at(host), { waitUntil: 'commit' });
      expect((await refused).status()).toBe(403);
      await page.waitForLoadState();
      await open(page, '/dashboard');
      if (isSignedIn) await expect(page.getByRole('heading', { level: 1 })).toContainText(victim.name);
      else await expect(page).toHaveURL(/\/signin/);
    }
    site.close();
  });

  test(`H05 a frame on ${host} stays empty`, async ({ page, home, watch }) => {
    watch.expectAnswer(404);
    await arrive(page);
    await give(page, 'Mine');
    const frames = ['/', '/signin', '/tasks', '/settings', '/nowhere'].map((path) => `<iframe src="${home}${path}" title="${path}"></iframe>`);
    const site = await otherSite(frames.join(''));
    await page.goto(site.at(host));
    for (const frame of page.frames().slice(1)) await expect.poll(() => frame.url()).toMatch(/^chrome-error:/);
    expect(page.frames()).toHaveLength(frames.length + 1);
    site.close();
  });
}
