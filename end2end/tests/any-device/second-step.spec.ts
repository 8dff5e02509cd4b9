import { signIn, signOut } from '../../support/accounts.js';
import { expectNoBarriers } from '../../support/axe.js';
import { awake, open } from '../../support/browser.js';
import { codeOf } from '../../support/codes.js';
import { arrive } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

test('I01 I02 an app asks for a code after the password, and a recovery code stands in for it', async ({
  page,
  javaScript,
  watch,
}) => {
  watch.expectAnswer(422);
  const ada = await arrive(page);
  await open(page, '/settings');
  await page.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Set up an app' }).click();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  await expectNoBarriers(page, javaScript);
  const secret = await page.locator('.secret').innerText();
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByLabel('Code', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  const recovery = (await page.getByLabel('Recovery codes').innerText()).trim().split('\n');
  expect(recovery).toHaveLength(10);
  await expectNoBarriers(page, javaScript);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  expect(download.suggestedFilename()).toBe('tickbox-recovery-codes.txt');
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await expect(page.getByText('10 recovery codes are left')).toBeVisible();

  await signOut(page);
  await page.goto('/signin?next=%2Ftasks');
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/signin\/code\?next=/);
  await expectNoBarriers(page, javaScript);
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, 1));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/tasks$/);

  await signOut(page);
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/signin\/code$/);
  await page.getByLabel('Code', { exact: true }).fill(recovery[0]!.toLowerCase());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);

  await open(page, '/settings/security');
  await awake(page);
  await page.getByText('Turn it off').click();
  await page.getByLabel('Your password').fill(ada.password);
  await page.getByLabel('Code of the app, or a recovery code').fill(recovery[1]!);
  await page.getByRole('button', { name: 'Turn two-step sign-in off' }).click();
  await expect(page.getByText('your password alone signs you in')).toBeVisible();
  await signOut(page);
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/dashboard$/);
});
