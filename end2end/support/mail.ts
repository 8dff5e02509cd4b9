// A server of its own that sends mail, and the mailbox that takes it: for scenarios that go from a form to a link.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';
import { here, serve, stop } from './server.js';
import { test as base } from './test.js';

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

export class Post {
  constructor(
    readonly url: string,
    readonly mailbox: string,
  ) {}

  /** Waits until so many mails have come for this address, and gives the last. */
  async wait(to: string, count: number): Promise<Mail> {
    let mails: Mail[] = [];
    await expect
      .poll(
        async () => {
          mails = (await (await fetch(`${this.mailbox}/mails?to=${encodeURIComponent(to)}`)).json()) as Mail[];
          return mails.map(({ subject }) => subject);
        },
        { message: `mails for ${to}`, timeout: 15_000 },
      )
      .toHaveLength(count);
    return mails.at(-1)!;
  }

  /** The link of a mail. */
  link(mail: Mail): string {
    const link = /https?:\S+\?token=\S+/.exec(mail.text)?.[0];
    expect(link, mail.text).toBeTruthy();
    return link!;
  }
}

export const test = base.extend<object, { post: Post }>({
  post: [
    async ({}, use) => {
      const mailbox = spawn(process.execPath, [here('../mailbox/server.mjs'), '--tied'], { stdio: ['pipe', 'pipe', 'inherit'] });
      const [line] = (await once(createInterface(mailbox.stdout!), 'line')) as [string];
      const { smtp, http } = JSON.parse(line) as { smtp: number; http: number };
      const { url, child } = await serve({
        SMTP_URL: `smtp://127.0.0.1:${smtp}`,
        TICKBOX_MAIL_FROM: 'Tickbox <tickbox@example.com>',
      });
      await use(new Post(url, `http://127.0.0.1:${http}`));
      await Promise.all([stop(child), stop(mailbox)]);
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ post }, use) => use(post.url),
});

export { expect } from '@playwright/test';
