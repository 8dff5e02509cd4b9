// Looks for barriers with axe, on pages with and without scripts.
import { expect, type Page } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';

/** Fails if axe finds anything at all on the page as it is. */
export async function expectNoBarriers(page: Page, javaScript: boolean): Promise<void> {
  expect(barriers(javaScript ? await look(page) : await lookAtCopy(page))).toEqual([]);
}

async function look(page: Page): Promise<AxeResults> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  // Telling of all that is as it should be takes a while too.
  const options = { resultTypes: ['violations'] } satisfies RunOptions;
  return page.evaluate((options) => (window as unknown as { axe: typeof axe }).axe.run(document, options), options);
}

/** axe is a script itself, so a page without scripts is copied, as it stands, to one where only axe may run. */
async function lookAtCopy(page: Page): Promise<AxeResults> {
  const html = await page.content();
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const context = await page.context().browser()!.newContext({
    bypassCSP: true,
    javaScriptEnabled: true,
    colorScheme: isDark ? 'dark' : 'light',
    viewport: page.viewportSize(),
  });
  const copy = await context.newPage();
  await copy.route(/\.(js|wasm)$/, (route) => route.abort());
  await copy.goto(new URL('/robots.txt', page.url()).href);
  await copy.setContent(html, { waitUntil: 'load' });
  const found = await look(copy);
  await context.close();
  return found;
}

function barriers({ violations }: AxeResults): string[] {
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`),
  );
}
