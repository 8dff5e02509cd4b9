import { expect, test } from '../../support/test.js';

test('the front page has no script at all and says what this is', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto('/', { waitUntil: 'networkidle' });
  await expect(page.locator('script')).toHaveCount(0);
  expect(loaded.filter((path) => /\.(js|wasm)$/.test(path))).toEqual([]);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign up' }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('img').first()).toBeInViewport();
});

test('pages load nothing from anywhere else', async ({ page, home }) => {
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  for (const path of ['/', '/signup', '/signin', '/api/docs']) await page.goto(path, { waitUntil: 'networkidle' });
  origins.delete('null');
  expect([...origins]).toEqual([home]);
});

test('the documentation of the API opens and lists the routes', async ({ page }) => {
  await page.goto('/api/docs');
  await expect(page.getByText('/api/{owner}/tasks', { exact: true }).first()).toBeVisible();
});
