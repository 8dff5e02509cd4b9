// A page of somebody else, on another port of the same machine, under any of its names.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtherSite {
  /** The page's address under 127.0.0.1, which browsers take for the same site, or localhost, which they do not. */
  at: (host: '127.0.0.1' | 'localhost') => string;
  close: () => void;
}

export function otherSite(html: string): Promise<OtherSite> {
  return new Promise((resolve) => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><html lang="en"><title>Other site</title><link rel="icon" href="data:,">${html}`);
    }).listen(0, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ at: (host) => `http://${host}:${port}/`, close: () => server.close() });
    });
  });
}
