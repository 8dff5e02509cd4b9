// What differs between a browser with JavaScript and one without is known here, so that scenarios need not know it.
import { expect, type BrowserContext, type Page } from '@playwright/test';

const scripted = new WeakSet<BrowserContext>();

/** Called once for every browser of a test. */
export async function prepare(context: BrowserContext, javaScript: boolean): Promise<void> {
  if (!javaScript) return;
  scripted.add(context);
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (violation) =>
      console.error(`CSP violation: ${violation.violatedDirective} ${violation.blockedURI}`),
    );
    // The islands come alive in the same turn in which the WASM module is ready.
    const compile = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (...args) => {
      const module = compile(...args);
      const wake = () => setTimeout(() => setTimeout(() => document.documentElement.setAttribute('data-awake', '')));
      module.then(wake, () => undefined);
      return module;
    };
  });
}

/** Whether pages act by their islands; else every action is a form or a link. */
export function hasIslands(page: Page): boolean {
  return scripted.has(page.context());
}

/** From now on this browser waits for WASM in vain. */
export async function withholdWasm(context: BrowserContext): Promise<void> {
  scripted.delete(context);
  await context.route(/\.wasm$/, () => new Promise(() => undefined));
}

/** Opens a page and waits until its islands are alive. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'domcontentloaded' });
  await awake(page);
}

/** Waits until the islands of the page are alive; a page without scripts is ready as it is. */
export async function awake(page: Page): Promise<void> {
  await page.waitForLoadState('domcontentloaded');
  if (!hasIslands(page) || (await page.locator('leptos-island').count()) === 0) return;
  await expect(page.locator('html[data-awake]')).toBeAttached({ timeout: 15_000 });
}

/** Does something that sends a change, and waits until the server has taken it and the page shows it. */
export async function change(page: Page, act: () => Promise<void>): Promise<void> {
  await awake(page);
  if (hasIslands(page)) {
    const answer = page.waitForResponse(
      (response) => response.request().method() !== 'GET' && !/\/actions\/(list_tasks|read_line)$/.test(response.url()),
    );
    await act();
    await (await answer).finished();
  } else {
    const loaded = page.waitForEvent('domcontentloaded');
    await act();
    await loaded;
  }
}
