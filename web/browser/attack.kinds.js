// Valid texts of each kind with room for hostile ones: whatever a person may
// write freely is written by the vectors.
import { readFile } from 'node:fs/promises';
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
