import { open } from '../../support/browser.js';
import { arrive } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

const budget = 180_000;

test('the first load of /tasks brings less than 180 KB of WASM, scripts and styles', async ({ page }) => {
  await arrive(page);
  const assets: { path: string; bytes: number }[] = [];
  page.on('requestfinished', async (request) => {
    const path = new URL(request.url()).pathname;
    if (!/\.(wasm|js|css)$/.test(path)) return;
    const response = (await request.response())!;
    assets.push({ path, bytes: Number(response.headers()['content-length']) });
    expect(response.headers(), path).toMatchObject({
      'content-encoding': 'br',
      'cache-control': expect.stringMatching(/max-age=31536000.*immutable/),
    });
  });
  await open(page, '/tasks');
  await expect.poll(() => new Set(assets.map(({ path }) => path.split('.').pop())).size).toBe(3);
  const sum = assets.reduce((bytes, asset) => bytes + asset.bytes, 0);
  expect(sum, JSON.stringify(assets)).toBeGreaterThan(0);
  expect(sum, JSON.stringify(assets)).toBeLessThan(budget);
});
