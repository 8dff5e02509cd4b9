// From a form to the mailbox to the link, with JavaScript on and off.
import type { Page } from '@playwright/test';
import { emailField, fillSignUp, passwordField, signIn } from '../../support/accounts.js';
import { awake, open } from '../../support/browser.js';
import { expect, test, type Post } from '../../support/mail.js';
import { somebody, type Person } from '../../support/people.js';

async function register(page: Page, post: Post): Promise<Person> {
  const person = somebody('Ada');
  await open(page, '/signup');
  await fillSignUp(page, person);
  await page.getByRole('button', { name: 'Sign up', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('We have written to your address');
  const mail = await post.wait(person.email, 1);
  await page.goto(post.link(mail));
  await page.getByRole('button', { name: 'Confirm my address' }).click();
  await expect(page.getByRole('status')).toContainText('Your address is confirmed');
  return person;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('who signs up confirms the address and signs in', async ({ page, post }) => {
      const person = await register(page, post);
      await signIn(page, person);
      await expect(page).toHaveURL(/\/dashboard$/);
    });

    test('who does not confirm is told so and gets the mail again later', async ({ page, post, watch }) => {
      const person = somebody('Ada');
      await open(page, '/signup');
      await fillSignUp(page, person);
      await page.getByRole('button', { name: 'Sign up', exact: true }).click();
      await expect(page.getByRole('status')).toContainText('We have written to your address');
      await post.wait(person.email, 1);
      watch.expectAnswer(403);
      await signIn(page, person);
      await expect(page.getByRole('alert')).toContainText('Confirm your email address first');
    });

    test('C23 a forgotten password is set anew, and the token stays in no address', async ({ page, post, watch }) => {
      const person = await register(page, post);
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(request.url()));
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await emailField(page).fill(person.email);
      await page.getByRole('button', { name: 'Send me a link' }).click();
      await expect(page.getByRole('status')).toContainText('If there is an account with this address');
      const link = post.link(await post.wait(person.email, 2));
      const token = new URL(link).searchParams.get('token')!;
      const answer = await page.goto(link);
      expect((await answer!.allHeaders())['referrer-policy']).toBe('same-origin');
      await awake(page);
      await expect(page).toHaveURL(`${post.url}/reset`);
      // A password that is refused leaves the link as it was.
      watch.expectAnswer(422);
      await page.getByLabel('New password', { exact: true }).fill('Password1234567');
      await page.getByRole('button', { name: 'Set the password' }).click();
      await expect(page.getByLabel('New password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
      await page.getByLabel('New password', { exact: true }).fill('a whole new phrase 9');
      await page.getByRole('button', { name: 'Set the password' }).click();
      await expect(page.getByRole('status')).toContainText('You have a new password');
      expect(loaded.filter((url) => new URL(url).origin !== post.url)).toEqual([]);
      expect(loaded.filter((url) => url.includes(token))).toEqual([link]);
      await signIn(page, { ...person, password: 'a whole new phrase 9' });
      await expect(page).toHaveURL(/\/dashboard$/);
      expect((await post.wait(person.email, 3)).subject).toBe('Your password was changed');
    });

    test('who moves to another address confirms it there', async ({ page, post }) => {
      const person = await register(page, post);
      await signIn(page, person);
      await expect(page).toHaveURL(/\/dashboard$/);
      const moved = `new-${person.email}`;
      await open(page, '/settings');
      await page.getByLabel('New email address').fill(moved);
      await page.getByLabel('Your password').fill(person.password);
      await page.getByRole('button', { name: 'Change address' }).click();
      await expect(page.getByText('We have sent a link to the new address')).toBeVisible();
      expect((await post.wait(person.email, 2)).text).toContain(moved);
      await page.goto(post.link(await post.wait(moved, 1)));
      await page.getByRole('button', { name: 'Confirm my address' }).click();
      await expect(page).toHaveURL(/\/settings/);
      await expect(page.getByText(`Your address is ${moved}`)).toBeVisible();
      expect((await post.wait(person.email, 3)).subject).toBe('Your email address was changed');
    });
  });
}

test('a link that was used says so on the page', async ({ page, post, watch }) => {
  const person = await register(page, post);
  const link = post.link(await post.wait(person.email, 1));
  watch.expectAnswer(410);
  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm my address' }).click();
  await expect(page.getByRole('alert')).toContainText('This link has been used');
  await expect(passwordField(page)).toHaveCount(0);
});
