// A server of its own on a PostgreSQL of its own, and a wire between the two that a scenario can cut.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { here, serve, stop } from './server.js';
import { test as base } from './test.js';

/** Passes on what comes in at a port of its own, for as long as it is not cut. */
export class Wire {
  readonly #sockets = new Set<Socket>();
  #server?: Server;
  #port = 0;

  constructor(readonly to: number) {}

  /** Lets everything through, at the same port as before. */
  async mend(): Promise<number> {
    this.#server = createServer((near) => {
      const far = connect(this.to, '127.0.0.1');
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.#server!.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this.#port;
  }

  /** Cuts what there is and lets nothing in. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server!.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

interface Away {
  url: string;
  wire: Wire;
}

export const test = base.extend<{ wire: Wire }, { away: Away }>({
  away: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'tickbox-postgres.'));
      const postgres = (action: string) => execFileSync(here('../../scripts/postgres.sh'), [action, folder], { encoding: 'utf8' });
      const direct = new URL(postgres('start').trim());
      const wire = new Wire(Number(direct.port));
      direct.port = String(await wire.mend());
      const { url, child } = await serve({ TICKBOX_TEST_POSTGRES: direct.href, TICKBOX_LOG: 'off' });
      await use({ url, wire });
      await stop(child);
      await wire.cut();
      postgres('stop');
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ away }, use) => use(away.url),
  wire: async ({ away }, use) => use(away.wire),
});

export { expect } from '@playwright/test';
