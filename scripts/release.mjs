// Starts the release on a free port with an empty data folder, for scripts that measure it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A data folder and a port that every start uses again; `dispose` deletes the folder. */
export async function ground(settings = {}) {
  const data = mkdtempSync(join(tmpdir(), 'tickbox-release-'));
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  const program = process.env.TICKBOX_TEST_BINARY ?? 'target/release/tickbox';
  const env = { ...process.env, TICKBOX_ADDR: `127.0.0.1:${port}`, TICKBOX_BASE_URL: home, TICKBOX_DATA_DIR: data, TICKBOX_LOG: 'warn', ...settings };
  // Tickbox refuses settings that it does not know; these are the tests' own.
  delete env.TICKBOX_TEST_BINARY;
  delete env.TICKBOX_TEST_POSTGRES;

  /** Starts the server and waits for its first answer; this once with other settings. */
  async function start(others = {}) {
    const begun = performance.now();
    const server = spawn(resolve(root, program), { cwd: root, stdio: ['ignore', 'ignore', settings.TICKBOX_LOG === 'off' ? 'ignore' : 'inherit'], env: { ...env, ...others } });
    while (!(await answers(port))) {
      if (server.exitCode !== null) throw new Error('the server did not start; its message stands above');
      await pause(1);
    }
    const milliseconds = performance.now() - begun;
    return {
      milliseconds,
      megabytes: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024,
      stop: async () => {
        server.kill('SIGTERM');
        await once(server, 'exit');
      },
    };
  }

  return { home, start, dispose: () => rmSync(data, { recursive: true, force: true }) };
}

/** Whether a server answers a request; a plain socket, so that the wait costs the server nothing. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => socket.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'));
    socket.on('data', () => socket.destroy());
    socket.on('data', (answer) => resolve(String(answer).startsWith('HTTP/1.1 200')));
    socket.on('error', () => resolve(false));
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
