import { states } from '../../support/pages.js';
import { expect, test } from '../../support/test.js';

for (const { name, show } of states) {
  test(`${name} fits every width`, async ({ page, watch }) => {
    await show(page, watch);
    for (const width of [320, 375, 768, 1280, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `pixels too wide at ${width}`).toBeLessThanOrEqual(0);
    }
  });
}
