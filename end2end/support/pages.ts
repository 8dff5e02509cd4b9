// Every page and every state of it that somebody may see, for what must hold on all of them.
import { expect, type Page } from '@playwright/test';
import { emailField, makeToken, passwordField, signIn } from './accounts.js';
import { change, open } from './browser.js';
import { day, operator, somebody } from './people.js';
import { arrive, give, send } from './rest.js';
import { addTask, deleteTask, startEditing } from './tasks.js';
import type { Watch } from './watch.js';

/** A page in a state, and how somebody gets there. */
export interface State {
  name: string;
  show: (page: Page, watch: Watch) => Promise<void>;
}

const unbroken = 'W'.repeat(200);

/** Gives whoever is signed in one of everything that a list can show. */
export async function giveOneOfEach(page: Page): Promise<void> {
  const tasks = await give(
    page,
    { title: 'Two days late', due_date: day(-2), priority: 'high', tags: ['home', 'garden'] },
    { title: 'Due today at noon', due_date: day(0), due_time: '12:00', priority: 'medium' },
    { title: 'Due tomorrow', due_date: day(1), priority: 'low', notes: 'With **notes**\nof two lines' },
    { title: unbroken, tags: ['w'.repeat(50), 'x'.repeat(50), 'y'.repeat(50)] },
    { title: 'Done already' },
  );
  await send(page, 'PATCH', `/api/me/tasks/${tasks[4]!.id}/complete`, { is_completed: true });
}

async function arriveWithTasks(page: Page): Promise<void> {
  await arrive(page, somebody('Ada'));
  await giveOneOfEach(page);
}

/** Gives whoever arrives some projects, tags and filters with tasks; the answer is the id of one of each. */
async function arriveWithPlaces(page: Page): Promise<Record<string, string>> {
  await arriveWithTasks(page);
  const make = async (folder: string, data: unknown): Promise<string> => {
    const answer = await send(page, 'POST', `/api/me/${folder}`, data);
    expect(answer.status(), await answer.text()).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  };
  const projects = await make('projects', { name: 'House', colour: 'teal' });
  const garden = await make('projects', { name: 'W'.repeat(100), colour: '#ff8800', parent_id: projects });
  await make('projects', { name: 'Attic', is_archived: true });
  await give(page, { title: 'In a project', project_id: garden });
  const tags = await make('tags', { name: 'x'.repeat(49), colour: 'pink' });
  const filters = await make('filters', { name: 'Urgent', query: '!high | overdue', colour: 'red' });
  return { projects, tags, filters };
}

export const states: State[] = [
  { name: 'the front page', show: (page) => open(page, '/') },
  { name: 'sign-up', show: (page) => open(page, '/signup') },
  {
    name: 'sign-up with errors',
    show: async (page, watch) => {
      watch.expectAnswer(422);
      await open(page, '/signup');
      await emailField(page).fill('nonsense');
      await passwordField(page).fill('short');
      await page.getByRole('button', { name: 'Sign up', exact: true }).click();
      await expect(emailField(page)).toHaveAttribute('aria-invalid', 'true');
    },
  },
  { name: 'sign-in', show: (page) => open(page, '/signin') },
  { name: 'a forgotten password where no mail is sent', show: (page) => open(page, '/forgot') },
  { name: 'a new password by a link', show: (page) => open(page, '/reset?token=of-a-link') },
  { name: 'an address to confirm by a link', show: (page) => open(page, '/verify?token=of-a-link') },
  { name: 'sign-in after the session ran out', show: (page) => open(page, '/signin?next=/tasks&reason=expired') },
  {
    name: 'sign-in refused',
    show: async (page, watch) => {
      watch.expectAnswer(401);
      await signIn(page, somebody());
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'an empty dashboard',
    show: async (page) => {
      await arrive(page);
      await open(page, '/dashboard');
    },
  },
  {
    name: 'a full dashboard',
    show: async (page) => {
      await arriveWithTasks(page);
      await open(page, '/dashboard');
    },
  },
  {
    name: 'an empty list',
    show: async (page) => {
      await arrive(page);
      await open(page, '/tasks');
    },
  },
  {
    name: 'a full list',
    show: async (page) => {
      await arriveWithTasks(page);
      await open(page, '/tasks?status=all');
    },
  },
  {
    name: 'a list without a match',
    show: async (page) => {
      await arrive(page);
      await open(page, '/tasks?q=nothing');
    },
  },
  {
    name: 'a list with a parameter that makes no sense',
    show: async (page, watch) => {
      watch.expectAnswer(422);
      await arrive(page);
      await open(page, '/tasks?status=maybe');
    },
  },
  {
    name: 'a task that was refused',
    show: async (page, watch) => {
      watch.expectAnswer(422);
      await arrive(page);
      await open(page, '/tasks');
      await page.getByLabel('New task', { exact: true }).fill(unbroken + unbroken);
      await page.getByRole('button', { name: 'Add task' }).click();
      await expect(page.getByLabel('New task', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'a task that was just deleted',
    show: async (page) => {
      await arrive(page);
      await open(page, '/tasks');
      await addTask(page, 'Short-lived');
      await deleteTask(page, 'Short-lived');
      await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible();
    },
  },
  {
    name: 'a task that is being edited',
    show: async (page) => {
      await arriveWithTasks(page);
      await open(page, '/tasks');
      await startEditing(page, 'Due tomorrow');
    },
  },
  {
    name: 'the page of a task',
    show: async (page) => {
      await arrive(page);
      const [task] = await give(page, { title: unbroken, notes: 'Notes', due_date: day(-1), tags: ['home'], priority: 'high' });
      await send(page, 'POST', '/api/me/tasks', [
        { title: unbroken, parent_id: task!.id },
        { title: 'Done part', parent_id: task!.id, is_completed: true },
      ]);
      await open(page, `/tasks/${task!.id}`);
      await page.getByText('Start, deadline, duration').click();
    },
  },
  {
    name: 'many lines that are asked about',
    show: async (page) => {
      await arrive(page);
      await open(page, '/tasks/paste');
      await page.getByLabel('Lines', { exact: true }).fill(`Whole\n  ${unbroken}\n  Part tomorrow #home`);
      await page.getByRole('button', { name: 'Look at them' }).click();
      await expect(page.getByRole('heading', { name: 'Add 3 tasks?' })).toBeVisible();
    },
  },
  ...['inbox', 'today', 'upcoming', 'logbook', 'bin', 'search?q=due'].map((list) => ({
    name: `the list ${list}`,
    show: async (page: Page) => {
      await arriveWithTasks(page);
      await open(page, `/${list}`);
    },
  })),
  ...['projects', 'tags', 'filters'].map((folder) => ({
    name: `the list of ${folder}`,
    show: async (page: Page) => {
      await arriveWithPlaces(page);
      await open(page, `/${folder}`);
    },
  })),
  ...['projects', 'tags', 'filters'].map((folder) => ({
    name: `one of the ${folder}, being edited`,
    show: async (page: Page) => {
      const places = await arriveWithPlaces(page);
      await open(page, `/${folder}/${places[folder]}`);
      await page.getByRole('main').getByText(/^Edit (project|tag|filter)$/).click();
    },
  })),
  {
    name: 'a filter that cannot be read',
    show: async (page, watch) => {
      watch.expectAnswer(422);
      await arrive(page);
      await open(page, '/filters');
      await page.getByLabel('Name', { exact: true }).fill('Wrong');
      await page.getByLabel('Which tasks', { exact: true }).fill('#home colour:red');
      await page.getByRole('button', { name: 'Save filter' }).click();
      await expect(page.getByLabel('Which tasks', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    },
  },
  {
    name: 'the settings',
    show: async (page) => {
      await arrive(page);
      await open(page, '/settings');
    },
  },
  {
    name: 'settings that were just saved',
    show: async (page) => {
      await arrive(page);
      await open(page, '/settings');
      await change(page, () => page.getByRole('button', { name: 'Save profile' }).click());
      await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
    },
  },
  {
    name: 'settings with errors',
    show: async (page, watch) => {
      watch.expectAnswer(422);
      await arrive(page);
      await open(page, '/settings');
      await page.getByLabel('New password', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Change password' }).click();
      await expect(page.getByLabel('New password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    },
  },
  ...['devices', 'tokens', 'activity', 'data'].map((part) => ({
    name: `the settings' ${part}`,
    show: async (page: Page) => {
      await arrive(page);
      await open(page, `/settings/${part}`);
    },
  })),
  {
    name: 'an API token that was just made',
    show: async (page) => {
      await arrive(page);
      await makeToken(page, 'Backup');
    },
  },
  ...['/admin', '/admin/users'].map((path) => ({
    name: `the administration at ${path}`,
    show: async (page: Page) => {
      await signIn(page, operator);
      await expect(page).toHaveURL(/\/dashboard$/);
      await open(page, path);
    },
  })),
  {
    name: 'the question before signing out',
    show: async (page) => {
      await arrive(page);
      await open(page, '/signout');
    },
  },
  {
    name: 'a page that is not there',
    show: async (page, watch) => {
      watch.expectAnswer(404);
      await open(page, '/nowhere');
    },
  },
];
