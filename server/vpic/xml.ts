import XMLBuilder from 'fast-xml-builder';
import { columnsOf, type Envelope, type Layout, type Row, rowsOf, type Value } from './envelope.ts';

/** The lists within results. */
const INNER: Readonly<Record<string, Layout>> = {
  VehicleTypes: { element: 'VehicleType', columns: ['Name', 'IsPrimary', 'GVWRFrom', 'GVWRTo'] },
  ManufacturerTypes: { element: 'ManufacturerType' },
  EquipmentItems: { element: 'EquipmentItem' },
};

/** What XML 1.0 (2.2) has no way to write, not even as a character reference. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

type Node = string | number | boolean | Node[] | { [name: string]: Node };

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
});

/**
 * The answer as the public API's XML serializer writes it: no element for null, an empty one for an empty text, and
 * two namespaces that nothing uses.
 */
export function renderXml(envelope: Envelope, layout: Layout): string {
  const rows = rowsOf(envelope);
  const columns = columnsOf(rows, layout);
  const response = {
    '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    '@xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
    Count: envelope.count,
    Message: writable(envelope.message),
    ...(envelope.searchCriteria !== null && { SearchCriteria: writable(envelope.searchCriteria) }),
    Results: rows.length === 0 ? '' : { [layout.element]: rows.map((row) => nodeOf(row, columns)) },
  };
  return builder.build({ Response: response });
}

function nodeOf(row: Row, columns: readonly string[]): { [name: string]: Node } {
  const present = columns.flatMap((name) => {
    const value = row[name];
    return value === null || value === undefined ? [] : [[name, contentOf(name, value)] as const];
  });
  return Object.fromEntries(present);
}

function contentOf(name: string, value: NonNullable<Value>): Node {
  if (typeof value === 'string') return writable(value);
  if (typeof value !== 'object') return value;
  if (value.length === 0) return '';
  const layout = INNER[name] ?? { element: 'Item' };
  const columns = columnsOf(value, layout);
  return { [layout.element]: value.map((row) => nodeOf(row, columns)) };
}

function writable(text: string): string {
  return text.replace(UNWRITABLE, '\uFFFD');
}
