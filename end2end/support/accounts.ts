// What people do to get in and out.
import { expect, type Page } from '@playwright/test';
import { awake, change, open } from './browser.js';
import type { Person } from './people.js';

export const emailField = (page: Page) => page.getByLabel('Email', { exact: true });
export const passwordField = (page: Page) => page.getByLabel('Password', { exact: true });

export async function signUp(page: Page, person: Person): Promise<void> {
  await open(page, '/signup');
  await fillSignUp(page, person);
  await page.getByRole('button', { name: 'Sign up', exact: true }).click();
}

export async function fillSignUp(page: Page, person: Person): Promise<void> {
  await emailField(page).fill(person.email);
  await passwordField(page).fill(person.password);
  await page.getByLabel('Name (optional)').fill(person.name);
}

/** Signs in from the page that is open, or opens /signin. */
export async function signIn(page: Page, person: Pick<Person, 'email' | 'password'>): Promise<void> {
  if (!page.url().includes('/signin')) await open(page, '/signin');
  await awake(page);
  await emailField(page).fill(person.email);
  await passwordField(page).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function signOut(page: Page): Promise<void> {
  await awake(page);
  await page.getByRole('banner').getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/\/signin$/);
}

/** Changes the password on the settings page that is open. */
export async function changePassword(page: Page, current: string, chosen: string): Promise<void> {
  await awake(page);
  await page.getByLabel('Current password', { exact: true }).fill(current);
  await page.getByLabel('New password', { exact: true }).fill(chosen);
  await change(page, () => page.getByRole('button', { name: 'Change password' }).click());
}

export async function expectSignedIn(page: Page): Promise<void> {
  await open(page, '/dashboard');
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

export async function expectSignedOut(page: Page): Promise<void> {
  await open(page, '/dashboard');
  await expect(page).toHaveURL(/\/signin\?next=%2Fdashboard|\/signin\?next=\/dashboard/);
}

/** A message that stands beside its field, is read out with it, and has drawn the focus there. */
export async function expectComplaint(page: Page, label: string, message: string | RegExp): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(typeof message === 'string' ? new RegExp(escaped(message)) : message);
  await expect(field).toBeFocused();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Makes an API token that may read tasks, on its page, and tells it. */
export async function makeToken(page: Page, name: string): Promise<string> {
  await open(page, '/settings/tokens');
  await page.getByLabel('What is it for?').fill(name);
  await page.getByLabel('Read tasks', { exact: true }).check();
  await page.getByRole('button', { name: 'Make the token' }).click();
  const token = page.getByLabel(`The token “${name}”`);
  await expect(token).toHaveValue(/^tbx_/);
  return token.inputValue();
}
