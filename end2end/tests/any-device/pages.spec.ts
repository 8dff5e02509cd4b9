// What must hold on every page and in every state of it.
import { expectNoBarriers } from '../../support/axe.js';
import { states } from '../../support/pages.js';
import { expect, test } from '../../support/test.js';

for (const { name, show } of states) {
  test(`${name} fits every width, and axe finds nothing on it, light or dark`, async ({ page, watch, javaScript }) => {
    await show(page, watch);
    for (const width of [320, 768, 2560, 1280, 375]) {
      await page.setViewportSize({ width, height: 800 });
      // A page that has just been made narrower may need a moment to follow.
      await expect.poll(() => page.evaluate(overflow), `pixels too wide at ${width}`).toBeLessThanOrEqual(0);
      const colorScheme = ({ 1280: 'light', 375: 'dark' } as const)[width];
      if (!colorScheme) continue;
      await page.emulateMedia({ colorScheme });
      await expectNoBarriers(page, javaScript);
    }
  });
}

function overflow(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}
