// A certificate for this machine's loopback names, signed by its own key and thrown away with the process: Node can make
// keys but no certificates, and these few lines of DER are all that one takes (RFC 5280).
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const DAY = 24 * 60 * 60 * 1000;
const ecdsaWithSha256 = sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** @returns {{ key: string, certificate: string }} both in PEM */
export function selfSigned() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const commonName = identifier(0x55, 0x04, 0x03);
  const name = sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from('Tickbox tests')))));
  const serial = Buffer.concat([Buffer.of(0x01), randomBytes(8)]);
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, serial),
    ecdsaWithSha256,
    name,
    sequence(time(Date.now() - DAY), time(Date.now() + DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeNames())),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), certificate: pem(certificate) };
}

function alternativeNames() {
  const names = sequence(tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.of(127, 0, 0, 1)));
  return sequence(identifier(0x55, 0x1d, 0x11), tagged(0x04, names));
}

function tagged(tag, content) {
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}

function sequence(...parts) {
  return tagged(0x30, Buffer.concat(parts));
}

function identifier(...bytes) {
  return tagged(0x06, Buffer.of(...bytes));
}

function time(millis) {
  const digits = new Date(millis).toISOString().replace(/\D/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

function pem(der) {
  const lines = der.toString('base64').match(/.{1,64}/g).join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
