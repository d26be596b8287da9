/** An experiment as files: the picture as SVG, every figure of every run as CSV. Each says what it is of. */
import { type CompareDocument, documentText } from '../../experiment/document.ts';
import { writeSeeds, writeSweep } from '../../scenario/experiment-choice.ts';
import { oneLine } from '../plots/export-files.ts';
import { BAR, DOT, diamond, MEAN, type Shape, type Strip } from './strip.ts';

/** What the files say of themselves, a line each. */
export function originLines(document: CompareDocument, command: string, url: string): string[] {
  const { title, preset, seeds, sets, sweeps, policies, engineVersion, scenarioHash } = document;
  return [
    `scenario: ${oneLine(preset ?? title)}`,
    `policies: ${[...new Set(policies.map(({ policy }) => policy))].join(', ')}`,
    `seeds: ${writeSeeds(seeds)}`,
    ...sets.map((set) => `set: ${oneLine(set)}`),
    ...sweeps.map((sweep) => `sweep: ${oneLine(writeSweep(sweep))}`),
    `order0 engine version: ${engineVersion}`,
    `scenario hash: ${scenarioHash}`,
    ...(url === '' ? [] : [`link: ${url}`]),
    `command: ${command}`,
  ];
}

export const jsonOf = (document: CompareDocument) => documentText(document);

const field = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A row a run, a column a figure; a figure that a run has not is empty. */
export function csvOf(document: CompareDocument, origin: readonly string[]): string {
  const { policies, seeds, sweeps } = document;
  const paths = sweeps.map(({ path }) => path);
  const names = [...new Set(policies.flatMap(({ metrics }) => Object.keys(metrics)))];
  const rows = policies.flatMap(({ policy, parameters, metrics, stateHashes }) =>
    seeds.map((seed, s) => [
      policy,
      ...paths.map((path) => String(parameters[path] ?? '')),
      String(seed),
      stateHashes[s] ?? '',
      ...names.map((name) => String(metrics[name]?.values[s] ?? '')),
    ]),
  );
  const table = [['policy', ...paths, 'seed', 'stateHash', ...names], ...rows];
  return `${[...origin.map((line) => `# ${line}`), ...table.map((row) => row.map(field).join(','))].join('\n')}\n`;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const near = (n: number) => Math.round(n * 100) / 100;
const place = (n: number) => String(near(n));

const HEAD = 64;
const MARGIN = 20;

/** @param colourOf value of a design token */
export function svgOf(
  strip: Strip,
  words: { readonly title: string; readonly about: string; readonly origin: readonly string[] },
  colourOf: (token: string) => string,
): string {
  const [width, height] = [strip.width + 2 * MARGIN, strip.height + HEAD + MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif" font-size="11">`,
    `<title>${escaped(oneLine(words.title))}</title>`,
    `<desc>${escaped(words.origin.join('\n'))}</desc>`,
    `<rect width="${width}" height="${height}" fill="${colourOf('--paper')}"/>`,
    `<text x="${MARGIN}" y="26" fill="${colourOf('--ink')}" font-size="16" font-weight="600">${escaped(oneLine(words.title))}</text>`,
    `<text x="${MARGIN}" y="44" fill="${colourOf('--ink-2')}">${escaped(oneLine(words.about))}</text>`,
    `<g transform="translate(${MARGIN} ${HEAD})">`,
    ...strip.shapes.map((shape) => element(shape, colourOf)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape, colourOf: (token: string) => string): string {
  switch (shape.kind) {
    case 'dot':
      return `<circle cx="${place(shape.x)}" cy="${place(shape.y)}" r="${DOT}" fill="${colourOf('--ink-3')}" fill-opacity="0.65"/>`;
    case 'bar':
      return `<rect x="${place(shape.x)}" y="${place(shape.y)}" width="${place(shape.width)}" height="${BAR}" fill="${colourOf('--accent')}" fill-opacity="0.3"/>`;
    case 'mean':
      return `<rect x="${place(shape.x - 1)}" y="${place(shape.y)}" width="2" height="${MEAN}" fill="${colourOf('--accent')}"/>`;
    case 'original':
      return `<path d="${diamond(near(shape.x), near(shape.y))}" fill="${colourOf('--paper')}" stroke="${colourOf('--ink')}" stroke-width="1.5"><title>${escaped(shape.words)}</title></path>`;
    case 'rule': {
      const [x0, x1, y0, y1] = [shape.x0, shape.x1, shape.y0, shape.y1].map(place);
      return `<path d="M${x0} ${y0}L${x1} ${y1}" stroke="${colourOf(shape.strong ? '--line-2' : '--line')}" fill="none"/>`;
    }
    case 'text': {
      const ink = colourOf(shape.look === 'grey' ? '--ink-2' : '--ink');
      const weight = shape.look === 'head' ? ' font-weight="600"' : '';
      return `<text x="${place(shape.x)}" y="${place(shape.y)}" text-anchor="${shape.anchor}" fill="${ink}"${weight}>${escaped(shape.words)}</text>`;
    }
  }
}
