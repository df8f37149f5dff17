// PDF files for tests, written by hand: sound ones, and ones that are broken on purpose.
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

// Bytes of a PDF from the sources of its objects, number 1 first: the catalogue.
export function pdf(objects, { trailer = "", header = "%PDF-1.4\n" } = {}) {
  const parts = [Buffer.from(header, "latin1")];
  const offsets = [];
  let at = parts[0].length;
  const add = (part) => {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(part, "latin1");
    parts.push(bytes);
    at += bytes.length;
  };
  for (const [i, object] of objects.entries()) {
    offsets.push(at);
    add(`${i + 1} 0 obj\n`);
    add(object);
    add("\nendobj\n");
  }
  const start = at;
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`);
  add(offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join(""));
  add(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

export function stream(data, dictionary = "") {
  const bytes = Buffer.from(data);
  return Buffer.concat([
    Buffer.from(`<< /Length ${bytes.length} ${dictionary} >>\nstream\n`),
    bytes,
    Buffer.from("\nendstream"),
  ]);
}

const FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

// One page whose content stream is given as a stream object.
export function page(content, options) {
  return pdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    content,
    FONT,
  ], options);
}

// A page with a line of text for each of the lines (ASCII).
export function written(lines, options) {
  const text = lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`).join("\n");
  return page(stream(`BT /F 11 Tf 14 TL 40 760 Td\n${text}\nET`), options);
}

const PADDING = Buffer.from("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A", "hex");

const md5 = (...parts) => createHash("md5").update(Buffer.concat(parts)).digest();

// RC4 by hand: the libraries that tests run with no longer have it.
function rc4(key, data) {
  const s = [...Array(256).keys()];
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + s[i] + key[i % key.length]) & 255;
    [s[i], s[j]] = [s[j], s[i]];
  }
  let i = 0;
  let j = 0;
  return Buffer.from(data.map((byte) => {
    i = (i + 1) & 255;
    j = (j + s[i]) & 255;
    [s[i], s[j]] = [s[j], s[i]];
    return byte ^ s[(s[i] + s[j]) & 255];
  }));
}

// A page that only opens with a password (40-bit RC4, as in PDF 1.4).
export function encrypted(lines, password) {
  const padded = Buffer.concat([Buffer.from(password), PADDING]).subarray(0, 32);
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff]);
  const id = Buffer.alloc(16, 7);
  const key = md5(padded, owner, permissions, id).subarray(0, 5);
  const user = rc4(key, PADDING);
  const objectKey = (number) => md5(key, Buffer.from([number, 0, 0, 0, 0])).subarray(0, 10);
  const text = lines.map((line) => `(${line}) Tj T*`).join("\n");
  const content = rc4(objectKey(4), Buffer.from(`BT /F 11 Tf 14 TL 40 760 Td\n${text}\nET`));
  const hex = (bytes) => `<${bytes.toString("hex")}>`;
  return page(stream(content), {
    trailer: `/ID [${hex(id)} ${hex(id)}] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${hex(owner)} /U ${hex(user)} >>`,
  });
}

// --- files that want to cost much ---------------------------------------------------

// A content stream that is a gigabyte once it is unpacked, twice packed to be small.
export function packedBomb() {
  const once = deflateSync(Buffer.alloc(512 << 20, " "), { level: 9 });
  return page(stream(deflateSync(once, { level: 9 }), "/Filter [/FlateDecode /FlateDecode]"));
}

// So much text that it is never read to its end.
export function textBomb() {
  const text = `BT /F 1 Tf 1 TL 0 800 Td\n${"(wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww) Tj T*\n".repeat(400_000)}ET`;
  return page(stream(deflateSync(Buffer.from(text), { level: 9 }), "/Filter /FlateDecode"));
}

// Forms that draw forms: 10 to the power of 9 of them.
export function formBomb() {
  const forms = [];
  for (let i = 0; i < 9; i++) {
    const draws = i === 8 ? "BT /F 11 Tf (x) Tj ET" : `/N Do `.repeat(10);
    const next = i === 8 ? "/Font << /F 5 0 R >>" : `/XObject << /N ${7 + i} 0 R >>`;
    forms.push(stream(draws, `/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << ${next} >>`));
  }
  return pdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /N 6 0 R >> >> >>",
    stream("/N Do"),
    FONT,
    ...forms,
  ]);
}

// A tree of pages that says to have two milliards of them.
export function pageCountBomb() {
  return pdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2000000000 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
  ]);
}

// Arrays within arrays.
export function nestedBomb() {
  return pdf(["<< /Type /Catalog /Pages 2 0 R >>", "[".repeat(2_000_000)]);
}

// A table of places that goes on with itself.
export function loopedTable() {
  const text = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n";
  const start = text.length;
  return Buffer.from(
    `${text}xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n` +
    `<< /Size 2 /Root 1 0 R /Prev ${start} >>\nstartxref\n${start}\n%%EOF\n`, "latin1");
}
