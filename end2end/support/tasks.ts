// What people do with their tasks.
import { expect, type Locator, type Page } from '@playwright/test';
import { awake, change, hasIslands, open } from './browser.js';

export interface TaskFields {
  title?: string;
  notes?: string;
  dueDate?: string;
  dueTime?: string;
  priority?: 'None' | 'Low' | 'Medium' | 'High';
  tags?: string;
}

export const list = (page: Page) => page.getByRole('list', { name: 'Tasks', exact: true });
export const rows = (page: Page) => list(page).getByRole('listitem').filter({ has: page.getByRole('checkbox') });
export const taskLink = (page: Page, title: string) => list(page).getByRole('link', { name: title, exact: true });
export const row = (page: Page, title: string) => rows(page).filter({ has: page.getByRole('link', { name: title, exact: true }) });
export const checkbox = (page: Page, title: string) =>
  page.getByRole('checkbox', { name: `Complete ${title}`, exact: true });

/** The titles on the page, from top to bottom. */
export async function titles(page: Page): Promise<string[]> {
  const names = await list(page)
    .getByRole('checkbox', { name: /^Complete / })
    .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label') ?? ''));
  return names.map((name) => name.replace(/^Complete /, ''));
}

/** Fills in the form for a new task on the page that is open. */
export async function fillNewTask(page: Page, { title, ...more }: TaskFields & { title: string }): Promise<void> {
  await awake(page);
  await page.getByLabel('New task', { exact: true }).fill(title);
  if (Object.keys(more).length === 0) return;
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Add task' }) });
  const details = form.getByText('More fields');
  if (!(await form.getByLabel('Notes', { exact: true }).isVisible())) await details.click();
  await fill(form, more);
}

export async function addTask(page: Page, title: string, more: TaskFields = {}): Promise<void> {
  await fillNewTask(page, { title, ...more });
  await change(page, () => page.getByRole('button', { name: 'Add task' }).click());
  await expect(taskLink(page, title)).toBeVisible();
}

/** Opens the fields of a task: in its row where there are islands, on its own page otherwise. */
export async function startEditing(page: Page, title: string): Promise<Locator> {
  await awake(page);
  await page.getByRole('link', { name: `Edit ${title}`, exact: true }).click();
  const place = hasIslands(page) ? list(page) : page.getByRole('main');
  await expect(place.getByLabel('Title', { exact: true })).toBeVisible();
  return place;
}

export async function editTask(page: Page, title: string, fields: TaskFields): Promise<void> {
  const place = await startEditing(page, title);
  await fill(place, fields);
  await change(page, () => place.getByRole('button', { name: 'Save', exact: true }).click());
}

export async function fill(place: Locator, fields: TaskFields): Promise<void> {
  if (fields.title !== undefined) await place.getByLabel('Title', { exact: true }).fill(fields.title);
  if (fields.notes !== undefined) await place.getByLabel('Notes', { exact: true }).fill(fields.notes);
  if (fields.dueDate !== undefined) await place.getByLabel('Due date', { exact: true }).fill(fields.dueDate);
  if (fields.dueTime !== undefined) await place.getByLabel('Due time', { exact: true }).fill(fields.dueTime);
  if (fields.priority !== undefined) await place.getByLabel('Priority', { exact: true }).selectOption(fields.priority);
  if (fields.tags !== undefined) await place.getByLabel('Tags', { exact: true }).fill(fields.tags);
}

/** Ticks a task off, or takes the tick back. */
export async function toggle(page: Page, title: string): Promise<void> {
  await change(page, () => checkbox(page, title).click());
}

export async function deleteTask(page: Page, title: string): Promise<void> {
  await change(page, () => page.getByRole('button', { name: `Delete ${title}`, exact: true }).click());
  await expect(taskLink(page, title)).toBeHidden();
}

export async function undoDelete(page: Page): Promise<void> {
  await change(page, () => page.getByRole('button', { name: 'Undo', exact: true }).click());
}

/** Narrows the list by the form above it; values of selects are those of the address. */
export async function filter(page: Page, wishes: Record<string, string>): Promise<void> {
  if (!page.url().includes('/tasks')) await open(page, '/tasks');
  await awake(page);
  const form = page.getByRole('search', { name: 'Filter tasks' });
  const folded = form.getByText('Filters and sorting');
  if (await folded.isVisible() && !(await form.getByLabel('Show', { exact: true }).isVisible())) await folded.click();
  for (const [label, value] of Object.entries(wishes)) {
    const field = form.getByLabel(label, { exact: true });
    const isSelect = (await field.evaluate((element) => element.tagName)) === 'SELECT';
    await (isSelect ? field.selectOption(value) : field.fill(value));
  }
  const loaded = hasIslands(page) ? undefined : page.waitForEvent('domcontentloaded');
  await form.getByRole('button', { name: 'Apply' }).click();
  await loaded;
}
