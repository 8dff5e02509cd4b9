import { expectNoBarriers } from '../../support/axe.js';
import { states } from '../../support/pages.js';
import { test } from '../../support/test.js';

for (const { name, show } of states) {
  test(`axe finds nothing on ${name}, light or dark`, async ({ page, watch, javaScript }) => {
    await show(page, watch);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoBarriers(page, javaScript);
    }
  });
}
