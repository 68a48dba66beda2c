/** The first line of a COPY block, as pg_dump writes it; names in lower case. */
export interface CopyHeader {
  readonly schema: string;
  readonly table: string;
  /** Null for `COPY schema.table FROM stdin;`, which does not say what its columns are. */
  readonly columns: readonly string[] | null;
}

/** PostgreSQL's own limit; a table cannot have more. */
const MAX_COLUMNS = 1600;
/** As PostgreSQL is built (NAMEDATALEN). A lookup's name goes into each of its rows: it must not be long. */
const MAX_NAME_BYTES = 63;
/** No legal header is longer: each name with quotes, comma and blank. */
const MAX_HEADER = MAX_COLUMNS * (MAX_NAME_BYTES + 5);

const NAME = /"((?:[^"]|"")+)"|([a-z_][a-z0-9_$]*)/y;

/**
 * Parses `COPY schema.table (column, …) FROM stdin;`. Only pg_dump's own spelling is taken: anything else at the
 * start of a statement would make us misread the lines that follow, so the caller refuses it.
 * @returns null when the line is of another form.
 */
export function parseCopyHeader(line: Buffer): CopyHeader | null {
  if (line.length > MAX_HEADER) return null;
  const text = line.toString('utf8');
  let at = 0;
  const take = (literal: string): boolean => {
    if (!text.startsWith(literal, at)) return false;
    at += literal.length;
    return true;
  };
  const name = (): string | null => {
    NAME.lastIndex = at;
    const match = NAME.exec(text);
    if (!match) return null;
    at = NAME.lastIndex;
    const found = match[1]?.replaceAll('""', '"') ?? match[2] ?? '';
    return Buffer.byteLength(found) > MAX_NAME_BYTES ? null : found.toLowerCase();
  };

  if (!take('COPY ')) return null;
  const schema = name();
  if (schema === null || !take('.')) return null;
  const table = name();
  if (table === null || !take(' ')) return null;
  let columns: string[] | null = null;
  if (take('(')) {
    columns = [];
    do {
      const column = name();
      if (column === null || columns.length === MAX_COLUMNS) return null;
      columns.push(column);
    } while (take(', '));
    if (!take(') ')) return null;
    if (new Set(columns).size !== columns.length) return null;
  } else {
    take(' '); // pg_dump leaves two blanks where a table has no columns
  }
  return text.slice(at) === 'FROM stdin;' ? { schema, table, columns } : null;
}
