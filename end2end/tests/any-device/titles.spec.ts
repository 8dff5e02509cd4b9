import { open } from '../../support/browser.js';
import { arrive, give } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

test('every page has a title of its own, one first heading and a language', async ({ page, watch }) => {
  watch.expectAnswer(404);
  const seen = new Map<string, string>();
  async function visit(path: string) {
    await open(page, path);
    const title = await page.title();
    expect(title, path).toContain('Tickbox');
    expect(seen.get(title), `${path} shares its title`).toBeUndefined();
    seen.set(title, path);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.locator('meta[name=viewport]')).toHaveAttribute('content', /width=device-width/);
  }
  for (const path of ['/', '/signup', '/signin', '/forgot', '/reset', '/verify']) await visit(path);
  await arrive(page);
  const [task] = await give(page, 'A title of its own');
  for (const path of ['/dashboard', '/tasks', `/tasks/${task!.id}`, '/settings', '/signout', '/nowhere']) await visit(path);
});
