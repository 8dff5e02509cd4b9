// Reads a mail as far as ours go: headers, and a body of two alternatives (RFC 2045, RFC 2046).

/** @returns {{ raw: string, headers: string, subject: string, text: string, html: string }} */
export function read(raw) {
  const [headers, body] = divide(raw);
  const boundary = /boundary="?([^"\r\n;]+)"?/i.exec(headers)?.[1];
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1).map((part) => divide(part.replace(/^\r\n/, ''))) : [];
  const part = (type) => {
    const found = parts.find(([head]) => new RegExp(`content-type: ${type}`, 'i').test(head));
    return found ? decoded(...found) : '';
  };
  return { raw, headers, subject: header(headers, 'subject'), text: part('text/plain'), html: part('text/html') };
}

function divide(text) {
  const end = text.indexOf('\r\n\r\n');
  return [text.slice(0, end), text.slice(end + 4)];
}

function header(headers, name) {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim() ?? '';
}

function decoded(head, body) {
  switch (header(head, 'content-transfer-encoding').toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString();
    case 'quoted-printable': {
      const joined = body.replace(/=\r\n/g, '');
      const bytes = joined.replace(/=([0-9A-F]{2})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
      return Buffer.from(bytes, 'latin1').toString();
    }
    default:
      return body;
  }
}
