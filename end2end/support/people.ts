// Who uses Tickbox in the tests: always somebody new, so that tests can run side by side.
import { randomUUID } from 'node:crypto';

export interface Person {
  name: string;
  email: string;
  password: string;
}

export function somebody(name = 'Ada'): Person {
  return { name, email: `${name.toLowerCase()}-${randomUUID()}@example.com`, password: 'quiet river at dawn' };
}

/** Who runs the server of the tests (server.sh). */
export const operator = { email: 'operator@example.com', password: 'lanterns over the harbour' };

/** The day that is so many days from today, as forms and the API write it. */
export function day(fromToday: number): string {
  return new Date(Date.now() + fromToday * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
