/** Puts a file into the person's hands. */

const TYPES = { SVG: 'image/svg+xml', CSV: 'text/csv', JSON: 'application/json' } as const;

/** Pixels of a PNG for each unit of its SVG. */
const PNG_SCALE = 2;

export function saveText(name: string, kind: keyof typeof TYPES, text: string): void {
  save(name, new Blob([text], { type: `${TYPES[kind]};charset=utf-8` }));
}

/** The SVG, drawn at twice its size. Rejects where the browser cannot draw it. */
export async function savePng(name: string, svg: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d context for the png: expected a browser with canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('the png could not be written: expected a smaller picture');
  save(name, blob);
}

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by the time a later task runs.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
