// Looks for barriers with axe, on pages with and without scripts.
import { expect, type Page } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';

/** Fails if axe finds anything at all on the page as it is. */
export async function expectNoBarriers(page: Page, javaScript: boolean): Promise<void> {
  // axe is a script itself: on a page that was loaded without scripts they are allowed while it looks.
  const devtools = javaScript ? undefined : await page.context().newCDPSession(page);
  await devtools?.send('Emulation.setScriptExecutionDisabled', { value: false });
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document));
  await devtools?.send('Emulation.setScriptExecutionDisabled', { value: true });
  expect(barriers(found)).toEqual([]);
}

function barriers({ violations }: AxeResults): string[] {
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`),
  );
}
