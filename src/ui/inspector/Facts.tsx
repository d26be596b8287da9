/** Names and values in two columns; lines without a value are left out. */
import type { ReactNode } from 'react';

interface FactsProps {
  readonly caption: string;
  readonly lines: readonly (readonly [string, ReactNode])[];
}

export function Facts({ caption, lines }: FactsProps) {
  const told = lines.filter(([, value]) => value !== null && value !== '' && value !== false);
  return (
    <table className="facts-table">
      <caption className="vh">{caption}</caption>
      <tbody>
        {told.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
