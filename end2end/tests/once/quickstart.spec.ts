import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '../../support/test.js';

test('the quickstart of the README works as it is written', async ({ home }) => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const commands = /^```\w+ quickstart\n([\s\S]*?)^```$/m.exec(readme)?.[1];
  expect(commands, 'the block marked quickstart').toContain('curl');
  const folder = await mkdtemp(join(tmpdir(), 'tickbox-quickstart-'));
  const script = `curl() { command curl --silent --show-error --fail-with-body "$@"; }\n${commands}`;
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-euo', 'pipefail', '-c', script.replaceAll('http://127.0.0.1:3000', home)],
    { cwd: folder },
  );
  await rm(folder, { recursive: true });
  expect(stdout).toContain('"title"');
});
