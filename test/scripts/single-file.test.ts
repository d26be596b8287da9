import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { singleFile } from '../../scripts/single-file.ts';

const page = readFileSync('index.html', 'utf8');
const parts = { script: 'run();', style: 'p{color:red}', icon: '<svg/>' };

/** The text of the first element of a name, as the HTML parser would take it. */
function textOf(html: string, element: string): string {
  return new RegExp(`<${element}>([^]*?)</${element}>`, 'i').exec(html)?.[1] ?? '';
}

function sha256(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

describe('the single file', () => {
  it('allows exactly the script and the style it holds', () => {
    const file = singleFile(page, parts);
    expect(textOf(file, 'script')).toBe(parts.script);
    expect(file).toContain(`script-src ${sha256(textOf(file, 'script'))};`);
    expect(file).toContain(`style-src ${sha256(textOf(file, 'style'))};`);
    expect(file.indexOf('Content-Security-Policy')).toBeLessThan(file.indexOf('<script'));
  });

  it('refers to no other file', () => {
    const urls = [...singleFile(page, parts).matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, url]) => url);
    expect(urls).toEqual([`data:image/svg+xml;base64,${btoa('<svg/>')}`]);
    const picture = page.replace('<div', '<img src="./a.png" /><div');
    expect(() => singleFile(picture, parts)).toThrow('still refers to src="./a.png"');
  });

  it('names the charset within the first 1,024 bytes, however large the icon', () => {
    const file = singleFile(page, { ...parts, icon: `<svg>${' '.repeat(5000)}</svg>` });
    expect(file.indexOf('charset="utf-8"')).toBeLessThan(1024);
  });

  it('keeps text that looks like markup or a replacement inside the script', () => {
    const script = 'const a = ["</script>", "<!--", "$&", "$`"];';
    const taken = textOf(singleFile(page, { ...parts, script }), 'script');
    expect(taken).not.toMatch(/<\/script|<!--/i);
    expect(new Function(`${taken} return a;`)()).toEqual(['</script>', '<!--', '$&', '$`']);
  });

  it.each([
    [{ ...parts, style: '</style><p>' }, 'closes its own element'],
    [{ ...parts, script: '`a\r\nb`' }, 'carriage return'],
  ])('refuses parts whose text the HTML parser would change', (bad, problem) => {
    expect(() => singleFile(page, bad)).toThrow(problem);
  });
});
