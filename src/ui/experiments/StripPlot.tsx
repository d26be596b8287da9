/** The picture of a figure on the page. */
import { BAR, DOT, diamond, MEAN, type Shape, type Strip } from './strip.ts';

function Drawn({ shape }: { readonly shape: Shape }) {
  switch (shape.kind) {
    case 'dot':
      return <circle className="dot" cx={shape.x} cy={shape.y} r={DOT} />;
    case 'bar':
      return <rect className="bar" x={shape.x} y={shape.y} width={shape.width} height={BAR} />;
    case 'mean':
      return <rect className="mean" x={shape.x - 1} y={shape.y} width={2} height={MEAN} />;
    case 'original':
      return (
        <path className="original" d={diamond(shape.x, shape.y)}>
          <title>{shape.words}</title>
        </path>
      );
    case 'rule':
      return (
        <line
          className={shape.strong ? 'rule strong' : 'rule'}
          x1={shape.x0}
          x2={shape.x1}
          y1={shape.y0}
          y2={shape.y1}
        />
      );
    case 'text':
      return (
        <text className={shape.look} x={shape.x} y={shape.y} textAnchor={shape.anchor}>
          {shape.words}
        </text>
      );
  }
}

export function StripPlot({ strip, label }: { readonly strip: Strip; readonly label: string }) {
  const { width, height, shapes } = strip;
  return (
    <svg
      className="strip"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      {shapes.map((shape) => (
        <Drawn key={shape.key} shape={shape} />
      ))}
    </svg>
  );
}
