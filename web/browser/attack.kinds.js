// Valid texts of each kind with room for hostile ones: whatever a person may
// write freely is written by the vectors.
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { line, rest } from './vectors.js';

const within = (text, limit) => [...line(text)].slice(0, limit).join('') || 'trống';

// YAML reads JSON; what the reader counts as the end of a line is written by number.
const yaml = (text) => JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

const planYAML = await readFile(new URL('../../content/plans/phong-hai-cua.yaml', import.meta.url), 'utf8');

// The plan of a hall whose every sentence is a text of the list.
export function plan(key, texts) {
  let n = 0;
  const next = () => yaml(within(texts[n++ % texts.length], 300));
  return planYAML.replace(/description: >-\n(  .*\n)+/, () => `description: ${next()}\n`)
    .replace(/^key: .*/m, `key: ${key}`).replace(/^(title|name|use|label): .*/gm, (_, name) => `${name}: ${next()}`)
    .replace(/text: "[^"]*"/g, () => `text: ${next()}`).replace(/^position: .*/m, (p) => `caution: ${next()}\n${p}`);
}

// A law with a vector below each of its articles.
export function law(key, title, texts) {
  const front = { key, slug: key, number: within(title, 60), title: within(title, 200), short: within(title, 60), kind: within(texts[0], 60), agency: within(title, 60), issued: '2025-01-02', in_force: '2025-01-02', trust: 'V' };
  return frontMatter(front) + `${texts[0]}${rest}` + texts.map((text, i) => `## Điều ${i + 1}. ${within(text, 80)}\n\n**Khoản 1.** ${text}${rest}`).join('');
}

// A situation of one question and two ends.
export function tree(title, texts) {
  const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((i) => texts[i % texts.length] + rest);
  const end = (name) => `## ${name}\n\n### Làm gì\n\n1. Dừng lại.\n\n${b}### Gọi ai\n\n- {{gọi:to-truong}}: ngay.\n- {{gọi:cong-an-xa}}: khi có người cản trở.\n\n${c}### Ghi lại gì\n\n${d}### Căn cứ\n\n- Luật Bầu cử, Điều 69.\n\n${e}`;
  return `${a}## Chuyện ${title.replace(/[?#]+$/, '')}?\n\n${a}- [${title.replace(/[[\]]/g, '')}](#muc-mot)\n- [Không](#muc-hai)\n\n${end('Một')}${end('Hai')}`;
}

export const frontMatter = (fields) => `---\n${Object.entries(fields).map(([name, value]) => `${name}: ${Array.isArray(value) ? `[${value.map(yaml).join(', ')}]` : typeof value === 'number' ? value : yaml(value)}\n`).join('')}---\n`;

export const forRole = (text) => `::: vai-tro thu-ky\nDành riêng.\n\n${text}${rest}\n:::\n\n`;
export const quoted = (text, mark) => `> [!${mark}]\n${text.split('\n').map((l) => `> ${l}`).join('\n')}\n\n`;

const giftText = (text, limit) => within(text, limit).replace(/[\\=~#{}:]/g, (c) => `\\${c}`);

// A quiz whose every sentence is a text of the list, one question for each of them.
export function quiz(slug, texts, { title, summary } = {}) {
  const at = (i, limit) => giftText(texts[i % texts.length], limit);
  const head = `// quiz: ${slug}\n// title: ${within(title, 90)}\n// summary: ${within(summary, 200)}\n// topic: kiem-phieu-bien-ban\n`;
  return head + texts.map((text, i) => `
// basis: luat-85-2015 dieu-69
// read: /huong-dan/kiem-phieu-bien-ban/kiem-phieu ${within(texts[(i + 5) % texts.length], 120)}
// topic: kiem-phieu-bien-ban
// trust: V
::${slug}-${i + 1}:: ${giftText(text, 600)} {
\t=Đúng ${at(i + 1, 250)}#${at(i + 2, 600)}
\t~Sai ${at(i + 3, 250)}#${at(i + 4, 600)}
\t####${at(i + 6, 900)}
}
`).join('');
}

// What XML cannot hold is left out, as programs for tables do.
const inXML = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '').replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

// A workbook as no program of ours writes one: cells in each of the ways in which a
// text may stand in it, and hostile names of its sheet, formats and links.
export function workbook(rows, hostile) {
  const strings = [];
  const cell = (text, r, c) => {
    const at = `r="${String.fromCharCode(65 + c)}${r + 1}"`;
    switch (r && (r + c) % 4) { // the head is written plainly
      case 1: return `<c ${at} t="s"><v>${strings.push(text) - 1}</v></c>`;
      case 2: return `<c ${at} t="str"><f>HYPERLINK("javascript:alert(1)","x")</f><v>${inXML(text)}</v></c>`;
      case 3: return `<c ${at} t="inlineStr"><is><r><rPr><b/></rPr><t xml:space="preserve">${inXML(text)}</t></r></is></c>`;
      default: return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${inXML(text)}</t></is></c>`;
    }
  };
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  const kinds = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const data = rows.map((row, r) => `<row r="${r + 1}">${row.map((text, c) => cell(text, r, c)).join('')}</row>`).join('');
  const xml = (body) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`;
  return zip({
    '[Content_Types].xml': xml('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'),
    '_rels/.rels': xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    'xl/workbook.xml': xml(`<workbook ${main}><sheets><sheet name="${inXML(hostile).slice(0, 31).replace(/&[^;]*$/, '')}" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${kinds}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${kinds}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`),
    'xl/worksheets/sheet1.xml': xml(`<worksheet ${main}><sheetData>${data}</sheetData><hyperlinks><hyperlink ref="A2" location="${inXML(hostile)}" display="${inXML(hostile)}"/></hyperlinks></worksheet>`),
    'xl/sharedStrings.xml': xml(`<sst ${main} count="${strings.length}" uniqueCount="${strings.length}">${strings.map((t) => `<si><t xml:space="preserve">${inXML(t)}</t></si>`).join('')}</sst>`),
  });
}

// An archive whose parts are stored as they are.
function zip(parts) {
  const files = [], directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const label = Buffer.from(name), body = Buffer.from(text), head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crc32(body), 10);
    head.writeUInt32LE(body.length, 14);
    head.writeUInt32LE(body.length, 18);
    head.writeUInt16LE(label.length, 22);
    files.push(Buffer.from('PK\x03\x04'), head, label, body);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0'), head, rest, label);
    at += 30 + label.length + body.length;
  }
  const listed = Buffer.concat(directory), end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(parts).length, 4);
  end.writeUInt16LE(Object.keys(parts).length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...files, listed, Buffer.from('PK\x05\x06'), end]);
}
