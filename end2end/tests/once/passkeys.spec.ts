// Passkeys with Chromium's virtual authenticator. Browsers give them to names only, so the pages are opened on localhost.
import type { Page } from '@playwright/test';
import { expectSignedIn, signOut } from '../../support/accounts.js';
import { expectNoBarriers } from '../../support/axe.js';
import { awake, open } from '../../support/browser.js';
import { arrive } from '../../support/rest.js';
import { expect, test } from '../../support/test.js';

test.use({ baseURL: async ({ baseURL }, use) => use(baseURL!.replace('127.0.0.1', 'localhost')) });

/** A device that keeps passkeys and knows its owner's finger, or not. */
async function plugIn(page: Page, isUserVerified = true): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await open(page, '/settings/security');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
}

test('I05 a passkey is added, signs in alone, is renamed and removed', async ({ page, watch }) => {
  watch.expectAnswer(401, '/api/auth/signin/passkey');
  await plugIn(page);
  await arrive(page);
  await addPasskey(page, 'This laptop');
  const rows = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem');
  await expect(rows).toHaveText(/This laptop/);
  await expectNoBarriers(page, true);

  await signOut(page);
  await page.goto('/signin?next=%2Ftasks');
  await awake(page);
  await expectNoBarriers(page, true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL(/\/tasks$/);
  await expectSignedIn(page);

  await open(page, '/settings/security');
  await expect(rows).toHaveText(/last used/);
  await page.getByText('Rename', { exact: true }).click();
  await page.getByLabel('New name of This laptop').fill('Work laptop');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(rows).toHaveText(/Work laptop/);
  await page.getByRole('button', { name: 'Remove Work laptop' }).click();
  await expect(rows).toHaveCount(0);

  await signOut(page);
  await awake(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toHaveText(/could not be verified/);
  await expect(page).toHaveURL(/\/signin/);
});

test('I04 a device that does not know its owner gets nowhere, and says so', async ({ page }) => {
  await plugIn(page, false);
  await arrive(page);
  await addPasskey(page, 'Somebody’s laptop');
  await expect(page.getByRole('alert')).toHaveText(/No passkey was given/);
  await expect(page.getByRole('list', { name: 'Passkeys' })).toHaveCount(0);
});

test('I04 under another name than the passkeys are for, nobody is asked for one', async ({ page, home }) => {
  await page.goto(`${home.replace('localhost', '127.0.0.1')}/signin`);
  await awake(page);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeHidden();
});
