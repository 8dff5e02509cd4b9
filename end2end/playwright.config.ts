// Every scenario runs with JavaScript on and off: on a computer on SQLite and on PostgreSQL, on a phone on SQLite (which
// of the two databases there is cannot depend on the screen). What depends on less runs less often: the folders under
// tests/ say so.
import { defineConfig, devices } from '@playwright/test';
import { chromium, chromiumFlags } from './chromium.mjs';
import { freePort } from './support/ports.js';

type Database = 'sqlite' | 'postgres';

// The workers read this file too: the first to read it chooses the ports, the others inherit them.
const port: Record<Database, string> = {
  sqlite: (process.env.END2END_SQLITE ??= await freePort()),
  postgres: (process.env.END2END_POSTGRES ??= await freePort()),
};

const phone = devices['Pixel 7'];
const screens = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { ...phone, viewport: { width: 375, height: 740 } },
};

function project(device: keyof typeof screens, javaScriptEnabled: boolean, database: Database) {
  const folders = ['everywhere'];
  if (database === 'sqlite') {
    folders.push('any-database');
    if (javaScriptEnabled) folders.push('with-javascript');
    if (device === 'desktop') folders.push('any-device');
    if (javaScriptEnabled && device === 'desktop') folders.push('once');
  }
  return {
    name: [device, javaScriptEnabled ? 'js' : 'nojs', database].join('-'),
    testMatch: folders.map((folder) => `tests/${folder}/*.spec.ts`),
    use: { ...screens[device], javaScriptEnabled, baseURL: `http://127.0.0.1:${port[database]}` },
  };
}

function server(database: Database, command: string) {
  return {
    command: `${command} ${port[database]}`,
    cwd: '..',
    url: `http://127.0.0.1:${port[database]}/readyz`,
    name: database,
    timeout: 60_000,
    stdout: 'ignore' as const,
    stderr: 'pipe' as const,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 15_000 },
  };
}

export default defineConfig({
  testDir: '.',
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A test that fails is run once more, recorded, and told as flaky.
  retries: 1,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? 'dot' : 'list',
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromium(), args: chromiumFlags },
    // Recording costs as much as the test.
    trace: 'on-first-retry',
    timezoneId: 'UTC',
    locale: 'en-GB',
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [true, false].flatMap((javaScript) => [
    project('desktop', javaScript, 'sqlite'),
    project('phone', javaScript, 'sqlite'),
    project('desktop', javaScript, 'postgres'),
  ]),
  webServer: [
    server('sqlite', 'end2end/server.sh'),
    server('postgres', 'scripts/postgres.sh run end2end/server.sh'),
  ],
});
