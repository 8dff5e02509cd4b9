import { emailField, expectComplaint, expectSignedOut, fillSignUp, passwordField, signUp } from '../../support/accounts.js';
import { open } from '../../support/browser.js';
import { somebody } from '../../support/people.js';
import { arrive, sessionCookies } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

test('a new e-mail and a good password open an account, a session and the dashboard', async ({ page, context }) => {
  const ada = somebody();
  await signUp(page, ada);
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ada');
  expect(await sessionCookies(context)).toEqual(['tickbox_at', 'tickbox_rt']);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ada');
});

test('a known e-mail is told, whatever its case, and makes no second account', async ({ page, anotherBrowser, watch }) => {
  watch.expectAnswer(409);
  const ada = await arrive(await anotherBrowser(), somebody());
  await signUp(page, { ...ada, email: ada.email.toUpperCase() });
  await expectComplaint(page, 'Email', 'Email already registered');
  await expect(emailField(page)).toHaveValue(ada.email.toUpperCase());
  await expect(page.getByLabel('Name (optional)')).toHaveValue(ada.name);
  await expect(passwordField(page)).toHaveAttribute('type', 'password');
  await expectSignedOut(page);
});

test('a short password is told what it lacks', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await signUp(page, { ...somebody(), password: 'short' });
  await expectComplaint(page, 'Password', 'Use at least 8 characters');
  await expectSignedOut(page);
});

test('a bad e-mail is told', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await signUp(page, { ...somebody(), email: 'ada.example.com' });
  await expectComplaint(page, 'Email', 'Invalid email format');
  await expect(emailField(page)).toHaveValue('ada.example.com');
  await expectSignedOut(page);
});

test('all faults are told at once, and the first one gets the focus', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await signUp(page, { email: '', password: '1234567', name: 'x'.repeat(101) });
  await expectComplaint(page, 'Email', 'Enter your email address');
  await expect(passwordField(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Name (optional)')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Name (optional)')).toHaveValue('x'.repeat(101));
});

test('overlong e-mail and password are refused with a clear sentence', async ({ page, watch }) => {
  watch.expectAnswer(422);
  await signUp(page, { ...somebody(), email: `${'a'.repeat(250)}@example.com` });
  await expectComplaint(page, 'Email', /at most 254 characters/);
  await fillSignUp(page, { ...somebody(), password: 'x'.repeat(129) });
  await page.getByRole('button', { name: 'Sign up', exact: true }).click();
  await expectComplaint(page, 'Password', 'Use at most 128 characters');
});

test('sign-up leads where its visitor wanted to go', async ({ page }) => {
  await open(page, '/tasks?status=done');
  await expect(page).toHaveURL(/\/signin\?next=/);
  await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click();
  await expect(page).toHaveURL(/\/signup\?/);
  await fillSignUp(page, somebody());
  await page.getByRole('button', { name: 'Sign up', exact: true }).click();
  await expect(page).toHaveURL(/\/tasks\?status=done$/);
});

test('C24 password fields let managers and clipboards do their work', async ({ page, context, home }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: home });
  await expectHelpful('/signup', { Email: 'username', Password: 'new-password' });
  await expectHelpful('/signin', { Email: 'username', Password: 'current-password' });
  await arrive(page);
  await expectHelpful('/settings', { 'Current password': 'current-password', 'New password': 'new-password' });

  async function expectHelpful(path: string, fields: Record<string, string>) {
    await open(page, path);
    for (const [label, purpose] of Object.entries(fields)) {
      const field = page.getByLabel(label, { exact: true });
      expect((await field.getAttribute('autocomplete'))?.split(' '), label).toContain(purpose);
      if (purpose === 'username') {
        await field.fill('quiet river');
        await field.press('ControlOrMeta+a');
        await field.press('ControlOrMeta+c');
      } else {
        await expect(field).toHaveAttribute('type', 'password');
        await field.press('ControlOrMeta+v');
        await expect(field).toHaveValue('quiet river');
      }
    }
  }
});
