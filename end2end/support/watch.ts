// Whatever a browser complains about fails the test, unless the test has announced it.
import type { BrowserContext, ConsoleMessage, Response } from '@playwright/test';

export class Watch {
  readonly #origin: string;
  readonly #problems: string[] = [];
  readonly #answers: { status: number; path: string | RegExp }[] = [];
  readonly #messages: RegExp[] = [];

  constructor(baseURL: string) {
    this.#origin = new URL(baseURL).origin;
  }

  /** The server may answer this status, at an address that contains or matches `path`. */
  expectAnswer(status: number, path: string | RegExp = ''): void {
    this.#answers.push({ status, path });
  }

  /** The console may say this. */
  expectMessage(message: RegExp): void {
    this.#messages.push(message);
  }

  over(context: BrowserContext): void {
    context.on('console', (message) => this.#heard(message));
    context.on('weberror', (error) => this.#problems.push(`uncaught: ${error.error().stack ?? error.error()}`));
    context.on('response', (response) => this.#answered(response));
    context.on('dialog', (dialog) => {
      this.#problems.push(`a dialog opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** Fails if anything was wrong that nobody announced. */
  verdict(): void {
    if (this.#problems.length > 0) throw new Error(`The browser complained:\n  ${this.#problems.join('\n  ')}`);
  }

  #heard(message: ConsoleMessage): void {
    const text = message.text();
    const isComplaint = ['error', 'warning', 'assert'].includes(message.type()) || /hydrat/i.test(text);
    // Statuses are judged where the answers arrive.
    const isStatus = text.startsWith('Failed to load resource: the server responded with a status of');
    if (!isComplaint || isStatus || this.#messages.some((expected) => expected.test(text))) return;
    this.#problems.push(`${message.type()}: ${text} (${message.location().url})`);
  }

  #answered(response: Response): void {
    const url = response.url();
    if (response.status() < 400 || new URL(url).origin !== this.#origin) return;
    const expected = this.#answers.some(
      ({ status, path }) => status === response.status() && (path instanceof RegExp ? path.test(url) : url.includes(path)),
    );
    if (!expected) this.#problems.push(`${response.request().method()} ${url} was answered ${response.status()}`);
  }
}
