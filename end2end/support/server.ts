// Servers that a scenario starts for itself, because it needs them otherwise than all the others do.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { freePort } from './ports.js';

export interface Server {
  url: string;
  child: ChildProcess;
}

/** The path of a file, as seen from this one. */
export const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Starts the release with these variables, and waits until it answers. */
export async function serve(variables: NodeJS.ProcessEnv): Promise<Server> {
  const port = await freePort();
  const child = spawn(here('../server.sh'), [port], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...variables },
  });
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(() => answers(`${url}/readyz`), { message: 'the server is ready', timeout: 30_000 }).toBe(true);
  return { url, child };
}

/** Ends a process and waits for that. */
export async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  if (child.exitCode === null && child.kill('SIGTERM')) await ended;
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
