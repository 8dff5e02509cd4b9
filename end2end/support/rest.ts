// What a scenario finds when it begins, and what is true when it ends, by the API and not by the pages.
import { expect, request, type APIResponse, type BrowserContext, type Page } from '@playwright/test';
import { somebody, type Person } from './people.js';

export interface Task {
  id: string;
  user_id: string;
  project_id: string | null;
  title: string;
  notes: string | null;
  priority: 'none' | 'low' | 'medium' | 'high';
  due_date: string | null;
  due_time: string | null;
  rrule: string | null;
  tags: string[];
  is_completed: boolean;
}

/** Sends a request with the cookies of this browser, as one of our own pages would. */
export function send(page: Page, method: string, path: string, data?: unknown): Promise<APIResponse> {
  return page.request.fetch(path, { method, data, maxRedirects: 0, headers: { 'Sec-Fetch-Site': 'same-origin' } });
}

/** Makes an account and leaves this browser signed in with it. */
export async function arrive(page: Page, person: Person = somebody()): Promise<Person> {
  const answer = await send(page, 'POST', '/api/auth/signup', person);
  expect(answer.status(), await answer.text()).toBe(201);
  return person;
}

/** Gives whoever is signed in these tasks, in this order. */
export async function give(page: Page, ...tasks: (string | (Partial<Task> & { title: string }))[]): Promise<Task[]> {
  const given: Task[] = [];
  for (const task of tasks) {
    const answer = await send(page, 'POST', '/api/me/tasks', typeof task === 'string' ? { title: task } : task);
    expect(answer.status(), await answer.text()).toBe(201);
    given.push((await answer.json()) as Task);
  }
  return given;
}

/** Every task of whoever is signed in, done or not. */
export async function tasksOf(page: Page): Promise<Task[]> {
  const answer = await send(page, 'GET', '/api/me/tasks?status=all&limit=500&sort=created&order=asc');
  expect(answer.status(), await answer.text()).toBe(200);
  return ((await answer.json()) as { items: Task[] }).items;
}

/** Ends the session of this browser as if from another place: it still holds its cookies, but they are dead. */
export async function endSessionBehind(page: Page, baseURL: string): Promise<void> {
  const elsewhere = await request.newContext({ baseURL, storageState: await page.context().storageState() });
  const answer = await elsewhere.post('/api/auth/signout', { headers: { 'Sec-Fetch-Site': 'same-origin' } });
  expect(answer.status()).toBe(204);
  await elsewhere.dispose();
}

/** The names of the session's cookies that this browser holds. */
export async function sessionCookies(context: BrowserContext): Promise<string[]> {
  const cookies = await context.cookies();
  return cookies.map(({ name }) => name).filter((name) => /tickbox_(at|rt)$/.test(name)).sort();
}
