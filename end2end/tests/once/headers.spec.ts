import type { APIResponse } from '@playwright/test';
import { hasIslands, open } from '../../support/browser.js';
import { arrive, give } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': expect.stringMatching(/^(same-origin|strict-origin-when-cross-origin|no-referrer)$/),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': expect.any(String),
  'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
};

test('H06 every kind of answer carries the security headers', async ({ page, request }) => {
  await arrive(page);
  const [task] = await give(page, 'One');
  const style = /href="([^"]+\.css)"/.exec(await (await request.get('/')).text())![1]!;
  const signedOut = ['/', '/signin', '/signup', '/tasks', '/nowhere', style, '/pkg/nothing.js', '/favicon.svg', '/healthz', '/api/me/tasks', '/api/openapi.json', '/login'];
  for (const path of signedOut) expect((await request.get(path, { maxRedirects: 0 })).headers(), path).toMatchObject(everywhere);
  for (const path of ['/dashboard', '/tasks', `/tasks/${task!.id}`, '/settings', '/api/auth/me'])
    expect((await page.request.get(path)).headers(), path).toMatchObject(everywhere);
});

test('H02 pages of an account are stored nowhere', async ({ page }) => {
  await arrive(page);
  for (const path of ['/dashboard', '/tasks', '/settings', '/api/me/tasks', '/api/auth/me']) {
    expect((await page.request.get(path)).headers()['cache-control'], path).toContain('no-store');
  }
});

test('H03 the policy allows no inline code but what carries the nonce of this very answer', async ({ page, request }) => {
  await arrive(page);
  const nonces = new Set<string>();
  for (const answer of [await page.request.get('/tasks'), await page.request.get('/tasks'), await request.get('/signin')]) {
    const policy = answer.headers()['content-security-policy']!;
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/);
    for (const directive of ["object-src 'none'", "base-uri 'none'", "form-action 'self'"]) expect(policy).toContain(directive);
    const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    nonces.add(nonce);
    for (const [tag] of (await answer.text()).matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(3);
});

test('H04 islands wake on every page under that policy', async ({ page }) => {
  expect(hasIslands(page)).toBe(true);
  let awoken = 0;
  const visit = async (path: string) => {
    await open(page, path);
    if ((await page.locator('leptos-island').count()) > 0) awoken += 1;
  };
  for (const path of ['/', '/signin', '/signup']) await visit(path);
  await arrive(page);
  const [task] = await give(page, 'One');
  const own = ['/dashboard', '/tasks', `/tasks/${task!.id}`, '/settings', '/settings/devices', '/settings/activity', '/settings/data', '/signout'];
  for (const path of own) await visit(path);
  expect(awoken).toBeGreaterThanOrEqual(6);
});

test('H02 H10 assets are immutable and compressed beforehand, and what is not there is not cached', async ({ request }) => {
  const html = await (await request.get('/signin')).text();
  const assets = [...new Set([...html.matchAll(/\/pkg\/[\w.-]+\.(?:css|js|wasm)/g)].map(([path]) => path))];
  expect(assets.length).toBeGreaterThanOrEqual(2);
  for (const path of assets) {
    const answer = await request.get(path, { headers: { 'Accept-Encoding': 'br' } });
    expect(answer.status(), path).toBe(200);
    expect(answer.headers(), path).toMatchObject({
      'content-encoding': 'br',
      'cache-control': expect.stringMatching(/max-age=31536000.*immutable/),
    });
  }
  for (const path of ['/pkg/nothing.js', '/tasks/x.css', '/pkg/../Cargo.toml', '/pkg/%2e%2e/%2e%2e/Cargo.toml']) {
    const answer: APIResponse = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).not.toBe(200);
    expect(answer.headers()['cache-control'] ?? '', path).not.toContain('immutable');
  }
});
