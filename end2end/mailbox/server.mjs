// A mail server for the tests: it takes every mail and hands it out over HTTP. On standard output it says where it is, in
// one line of JSON. With --tied it ends with its standard input, and so with whoever started it.
//
//   GET  /mails?to=address   the mails that came for this address, or for everybody, as JSON
//   POST /manner             how it behaves from now on: "take", "refuse" or "stall"
//
//   node mailbox/server.mjs [--tied] [--tls | --starttls] [--smtp-port=N] [--http-port=N]
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { selfSigned } from './certificate.mjs';
import { read } from './mime.mjs';

const { values: wishes } = parseArgs({
  options: {
    tied: { type: 'boolean', default: false },
    tls: { type: 'boolean', default: false },
    starttls: { type: 'boolean', default: false },
    'smtp-port': { type: 'string', default: '0' },
    'http-port': { type: 'string', default: '0' },
  },
});
const USER = 'tickbox';
const PASSWORD = 'hush';

const mails = [];
let manner = 'take';

const encrypts = wishes.tls || wishes.starttls;
const pair = encrypts ? selfSigned() : undefined;
const smtp = new SMTPServer({
  secure: wishes.tls,
  key: pair?.key,
  cert: pair?.certificate,
  hideSTARTTLS: !wishes.starttls,
  authOptional: !encrypts,
  disableReverseLookup: true,
  logger: false,
  onAuth({ username, password }, _session, done) {
    if (username === USER && password === PASSWORD) done(null, { user: username });
    else done(new Error('wrong user or password'));
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      if (manner === 'stall') return;
      if (manner === 'refuse') return done(Object.assign(new Error('not today'), { responseCode: 450 }));
      const { mailFrom, rcptTo } = session.envelope;
      const to = rcptTo.map(({ address }) => address);
      mails.push({ from: mailFrom.address, to, secure: session.secure, ...read(Buffer.concat(parts).toString()) });
      done();
    });
  },
});
smtp.on('error', () => undefined);

const http = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
  if (request.method === 'POST' && pathname === '/manner') {
    const parts = [];
    for await (const part of request) parts.push(part);
    manner = Buffer.concat(parts).toString();
    return response.writeHead(204).end();
  }
  const to = searchParams.get('to');
  const found = mails.filter((mail) => !to || mail.to.includes(to));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
});

const listening = (server, port) => new Promise((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
await Promise.all([listening(smtp, wishes['smtp-port']), listening(http, wishes['http-port'])]);
console.log(
  JSON.stringify({
    smtp: smtp.server.address().port,
    http: http.address().port,
    certificate: pair?.certificate ?? null,
    user: USER,
    password: PASSWORD,
  }),
);
if (wishes.tied) process.stdin.resume().on('end', () => process.exit());
process.on('SIGTERM', () => process.exit());
