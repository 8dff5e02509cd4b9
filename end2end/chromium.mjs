// Which Chromium runs the tests and how it is started. As a program it prints the path, or fails where there is none.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

// The shell without a window is the same engine and takes less of the machine.
const usualPlaces = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string} the path of the browser */
export function chromium() {
  const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : usualPlaces;
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`There is no Chromium at ${places.join(' or ')}; set CHROMIUM to its path.`);
  return found;
}

/** Nothing but the pages under test is talked to; Chromium's sandbox does not work for root. */
export const chromiumFlags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(chromium());
