/** The four drawn glyphs and the mark; all else on the page is a word. */

const SHAPES = {
  back: ['M11 3 5 8l6 5z', 'M4 3h1.4v10H4z'],
  step: ['m5 3 6 5-6 5z', 'M10.6 3H12v10h-1.4z'],
  play: ['m5 3 8 5-8 5z'],
  pause: ['M4.5 3h2.6v10H4.5z', 'M9 3h2.6v10H9z'],
  chevron: ['M4 6h8l-4 5z'],
} as const;

export function Icon({ name }: { readonly name: keyof typeof SHAPES }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      {SHAPES[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}

/** Which of the mark's eight pages are in use. */
const MARK = [true, true, false, true, true, true, true, true] as const;

export function Mark() {
  return (
    <span className="mark">
      <svg width="19" height="9" viewBox="0 0 19 9" aria-hidden="true">
        {MARK.map((used, i) => (
          <rect
            key={`${i % 4}-${i >> 2}`}
            className={used ? 'used' : 'free'}
            x={(i % 4) * 5 + (used ? 0 : 0.5)}
            y={(i >> 2) * 5 + (used ? 0 : 0.5)}
            width={used ? 4 : 3}
            height={used ? 4 : 3}
          />
        ))}
      </svg>
      order0
    </span>
  );
}
