// The test function of every spec: a browser that is watched, and as many more as a scenario needs. Each comes from an
// address of its own, as through a proxy that the server trusts: wrong guesses in one test slow nobody else down.
import { test as base, type BrowserContextOptions, type Page } from '@playwright/test';
import { prepare } from './browser.js';
import { Watch } from './watch.js';

interface Fixtures {
  /** What the browsers complain about. */
  watch: Watch;
  /** Whether the browsers of this project run scripts. */
  javaScript: boolean;
  /** The address of the server. */
  home: string;
  /** Opens one more browser, which shares nothing with the first. */
  anotherBrowser: (options?: BrowserContextOptions) => Promise<Page>;
}

const anyByte = () => Math.floor(Math.random() * 256);
const fromSomewhere = () => ({ 'X-Forwarded-For': `10.${anyByte()}.${anyByte()}.${anyByte()}` });

export const test = base.extend<Fixtures>({
  extraHTTPHeaders: async ({}, use) => use(fromSomewhere()),
  home: async ({ baseURL }, use) => use(baseURL!),
  javaScript: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
  watch: [
    async ({ home, context, javaScript }, use) => {
      const watch = new Watch(home);
      watch.over(context);
      await prepare(context, javaScript);
      await use(watch);
      watch.verdict();
    },
    { auto: true },
  ],
  anotherBrowser: async ({ browser, watch, javaScript }, use) => {
    const opened: Page[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ extraHTTPHeaders: fromSomewhere(), ...options });
      watch.over(context);
      await prepare(context, javaScript);
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    await Promise.all(opened.map((page) => page.context().close()));
  },
});

export { expect } from '@playwright/test';
